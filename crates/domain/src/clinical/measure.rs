//! Measures that the app knows: their unit, what is plausible of them, what no living person has.
//!
//! Bounds are wide on purpose, for newborns and for the very old alike: outside the plausible ones somebody has to say that
//! it is meant, outside the others it is a slip of the hand. Not here: what is normal for whom, which is the doctor's.

words! {
    /// A measure that the app knows; any other name is the practice's own, without bounds.
    MeasureKind {
        /// Body weight.
        Weight = "weight",
        /// Body height, or length of a child who lies.
        Height = "height",
        /// Body mass index.
        Bmi = "bmi",
        /// Arterial pressure, both values at once.
        BloodPressure = "blood_pressure",
        /// Systolic pressure alone.
        Systolic = "systolic",
        /// Diastolic pressure alone.
        Diastolic = "diastolic",
        /// Heart rate.
        HeartRate = "heart_rate",
        /// Body temperature.
        Temperature = "temperature",
        /// Oxygen saturation, by pulse.
        Saturation = "saturation",
        /// Breaths a minute.
        RespiratoryRate = "respiratory_rate",
        /// Waist.
        Waist = "waist",
        /// Head circumference of a child.
        HeadCircumference = "head_circumference",
        /// Glycated haemoglobin.
        Hba1c = "hba1c",
        /// Glucose in the blood.
        Glucose = "glucose",
        /// LDL cholesterol.
        Ldl = "ldl",
        /// Glomerular filtration, estimated.
        Gfr = "gfr",
        /// Peak expiratory flow.
        PeakFlow = "peak_flow",
        /// Pain, from 0 to 10.
        Pain = "pain",
    }
}

/// What a value may be, in the measure's own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Below: has to be confirmed.
    pub low: f64,
    /// Above: has to be confirmed.
    pub high: f64,
    /// Below: refused.
    pub least: f64,
    /// Above: refused.
    pub most: f64,
}

/// What is to be said of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Nothing.
    Plausible,
    /// It is rare: somebody has to say that it is meant.
    Unlikely,
    /// Nobody has it.
    Absurd,
}

impl Bounds {
    const fn new(least: f64, low: f64, high: f64, most: f64) -> Self {
        Self { low, high, least, most }
    }

    /// What is to be said of a value.
    #[must_use]
    pub fn judge(self, value: f64) -> Judgement {
        if !value.is_finite() || value < self.least || value > self.most {
            Judgement::Absurd
        } else if value < self.low || value > self.high {
            Judgement::Unlikely
        } else {
            Judgement::Plausible
        }
    }
}

impl MeasureKind {
    /// The unit in which it is kept, compared and drawn.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Weight => "kg",
            Self::Height | Self::Waist | Self::HeadCircumference => "cm",
            Self::Bmi => "kg/m²",
            Self::BloodPressure | Self::Systolic | Self::Diastolic => "mmHg",
            Self::HeartRate | Self::RespiratoryRate => "/min",
            Self::Temperature => "°C",
            Self::Saturation | Self::Hba1c => "%",
            Self::Glucose | Self::Ldl => "g/L",
            Self::Gfr => "mL/min/1,73m²",
            Self::PeakFlow => "L/min",
            Self::Pain => "/10",
        }
    }

    /// What a value may be. Of [`MeasureKind::BloodPressure`] those of its first, systolic value.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        match self {
            Self::Weight => Bounds::new(0.3, 2.0, 250.0, 700.0),
            Self::Height => Bounds::new(20.0, 40.0, 215.0, 280.0),
            Self::Bmi => Bounds::new(5.0, 12.0, 60.0, 250.0),
            Self::BloodPressure | Self::Systolic => Bounds::new(30.0, 70.0, 220.0, 320.0),
            Self::Diastolic => Bounds::new(10.0, 35.0, 130.0, 220.0),
            Self::HeartRate => Bounds::new(10.0, 35.0, 200.0, 350.0),
            Self::Temperature => Bounds::new(20.0, 34.0, 41.5, 46.0),
            Self::Saturation => Bounds::new(20.0, 80.0, 100.0, 100.0),
            Self::RespiratoryRate => Bounds::new(2.0, 8.0, 60.0, 120.0),
            Self::Waist => Bounds::new(15.0, 40.0, 180.0, 350.0),
            Self::HeadCircumference => Bounds::new(15.0, 28.0, 62.0, 80.0),
            Self::Hba1c => Bounds::new(2.0, 4.0, 15.0, 25.0),
            Self::Glucose => Bounds::new(0.05, 0.4, 4.0, 20.0),
            Self::Ldl => Bounds::new(0.02, 0.2, 4.0, 15.0),
            Self::Gfr => Bounds::new(0.0, 5.0, 150.0, 250.0),
            Self::PeakFlow => Bounds::new(20.0, 60.0, 850.0, 1_100.0),
            Self::Pain => Bounds::new(0.0, 0.0, 10.0, 10.0),
        }
    }

    /// How many decimals are shown at most.
    #[must_use]
    pub const fn decimals(self) -> usize {
        match self {
            Self::Glucose | Self::Ldl => 2,
            Self::Weight | Self::Height | Self::Bmi | Self::Temperature | Self::Hba1c => 1,
            _ => 0,
        }
    }

    /// A value in the measure's own unit, from the one that it was given in; none where that unit is not known of it. No
    /// unit at all means its own.
    #[must_use]
    pub fn canonical(self, value: f64, unit: &str) -> Option<f64> {
        let unit: String = unit.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        if unit.is_empty() || unit == self.unit().to_lowercase() {
            return Some(value);
        }
        Some(match (self, unit.as_str()) {
            (Self::Weight, "g") => value / 1_000.0,
            (Self::Height | Self::Waist | Self::HeadCircumference, "mm") => value / 10.0,
            (Self::Height, "m") => value * 100.0,
            (Self::Bmi, "kg/m2") => value,
            (Self::BloodPressure | Self::Systolic | Self::Diastolic, "cmhg") => value * 10.0,
            (Self::HeartRate, "bpm" | "/mn" | "/minute") | (Self::RespiratoryRate, "/mn" | "/minute") => value,
            (Self::Temperature, "c" | "°") => value,
            (Self::Temperature, "°f" | "f") => (value - 32.0) / 1.8,
            // The master equation of IFCC and NGSP.
            (Self::Hba1c, "mmol/mol") => value * 0.091_48 + 2.152,
            (Self::Glucose, "mmol/l") => value * 0.180_16,
            (Self::Glucose, "mg/dl") | (Self::Ldl, "mg/dl") => value / 100.0,
            (Self::Ldl, "mmol/l") => value * 0.386_7,
            (Self::Gfr, "ml/min" | "ml/min/1.73m²" | "ml/min/1.73m2" | "ml/min/1,73m2") => value,
            (Self::PeakFlow, "l/mn") => value,
            _ => return None,
        })
    }
}

/// Reads a number as people write it: a comma or a point, Arabic digits, blanks around. Only a plain decimal.
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let text = crate::text::ascii_digits(text.trim()).replace([',', '\u{66b}'], ".");
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    text.parse().ok().filter(|value: &f64| plain && value.is_finite())
}

/// Reads a blood pressure as it is written: `135/85`, in mmHg; `13/8` and `13,5/8` are the same in cmHg, as French doctors say
/// it. Gives mmHg.
#[must_use]
pub fn parse_pressure(text: &str) -> Option<(f64, f64)> {
    let (first, second) = text.split_once(['/', '-', ' '])?;
    let (first, second) = (parse_number(first)?, parse_number(second)?);
    // Nobody has 30 mmHg, nobody 30 cmHg.
    let scale = if first < 30.0 && second < 20.0 { 10.0 } else { 1.0 };
    Some((first * scale, second * scale))
}

/// What is to be said of a blood pressure, both values in mmHg.
#[must_use]
pub fn judge_pressure(systolic: f64, diastolic: f64) -> Judgement {
    let (first, second) =
        (MeasureKind::Systolic.bounds().judge(systolic), MeasureKind::Diastolic.bounds().judge(diastolic));
    match (first, second) {
        (Judgement::Absurd, _) | (_, Judgement::Absurd) => Judgement::Absurd,
        _ if diastolic >= systolic => Judgement::Absurd,
        (Judgement::Plausible, Judgement::Plausible) => Judgement::Plausible,
        _ => Judgement::Unlikely,
    }
}

/// The body mass index of a weight in kilograms and a height in centimetres, to one decimal; none where either is absurd.
#[must_use]
pub fn bmi(weight: f64, height: f64) -> Option<f64> {
    let believed = |kind: MeasureKind, value| kind.bounds().judge(value) != Judgement::Absurd;
    if !believed(MeasureKind::Weight, weight) || !believed(MeasureKind::Height, height) {
        return None;
    }
    let metres = height / 100.0;
    Some((weight / (metres * metres) * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slip_is_refused_and_what_is_rare_is_asked() {
        let weight = MeasureKind::Weight.bounds();
        assert_eq!(weight.judge(72.5), Judgement::Plausible);
        assert_eq!(weight.judge(1.1), Judgement::Unlikely, "a premature child");
        assert_eq!(weight.judge(7250.0), Judgement::Absurd);
        assert_eq!(weight.judge(f64::NAN), Judgement::Absurd);
        assert_eq!(MeasureKind::Saturation.bounds().judge(101.0), Judgement::Absurd);
        assert_eq!(judge_pressure(135.0, 85.0), Judgement::Plausible);
        assert_eq!(judge_pressure(85.0, 135.0), Judgement::Absurd, "the other way round");
        assert_eq!(judge_pressure(240.0, 120.0), Judgement::Unlikely);
    }

    #[test]
    fn the_index_is_what_the_calculator_says() {
        assert_eq!(bmi(72.0, 170.0), Some(24.9));
        assert_eq!(bmi(3.4, 50.0), Some(13.6));
        assert_eq!(bmi(72.0, 1.7), None, "metres for centimetres");
    }

    #[test]
    fn numbers_and_pressures_are_read_as_they_are_written() {
        assert_eq!(parse_number(" 72,5 "), Some(72.5));
        assert_eq!(parse_number("٧٢٫٥"), Some(72.5));
        for no in ["", "1e5", "inf", "1.2.3", "douze", "+3"] {
            assert_eq!(parse_number(no), None, "{no}");
        }
        assert_eq!(parse_pressure("135/85"), Some((135.0, 85.0)));
        assert_eq!(parse_pressure("13/8"), Some((130.0, 80.0)));
        assert_eq!(parse_pressure("13,5/8"), Some((135.0, 80.0)));
        assert_eq!(parse_pressure("135"), None);
    }

    #[test]
    fn other_units_of_the_trade_are_converted_and_foreign_ones_refused() {
        let close = |kind: MeasureKind, value, unit, wanted: f64| {
            let found = kind.canonical(value, unit).unwrap();
            assert!((found - wanted).abs() < 0.05, "{kind} {value} {unit}: {found}");
        };
        close(MeasureKind::Hba1c, 53.0, "mmol/mol", 7.0);
        close(MeasureKind::Glucose, 5.5, "mmol/L", 0.99);
        close(MeasureKind::Weight, 3_400.0, "g", 3.4);
        close(MeasureKind::Height, 1.7, "m", 170.0);
        close(MeasureKind::Temperature, 100.4, "°F", 38.0);
        assert_eq!(MeasureKind::Weight.canonical(1.0, "stone"), None);
        for kind in MeasureKind::ALL {
            assert_eq!(kind.canonical(1.0, ""), Some(1.0));
            assert_eq!(kind.canonical(1.0, kind.unit()), Some(1.0));
        }
    }

    proptest! {
        #[test]
        fn bounds_stand_in_order_and_a_value_between_is_never_refused(value in -1.0e4_f64..1.0e4) {
            for kind in MeasureKind::ALL {
                let bounds = kind.bounds();
                prop_assert!(bounds.least <= bounds.low && bounds.low < bounds.high && bounds.high <= bounds.most);
                let judged = bounds.judge(value);
                prop_assert_eq!(judged == Judgement::Absurd, value < bounds.least || value > bounds.most);
                prop_assert_eq!(judged == Judgement::Plausible, value >= bounds.low && value <= bounds.high);
            }
        }

        #[test]
        fn more_weight_is_never_a_smaller_index(weight in 1.0_f64..300.0, more in 0.0_f64..100.0, height in 40.0_f64..220.0) {
            prop_assert!(bmi(weight + more, height) >= bmi(weight, height));
        }

        #[test]
        fn reading_a_number_never_fails_and_gives_back_what_was_written(value in -9_999_i32..9_999, text in "\\PC{0,12}") {
            let _ = parse_number(&text);
            let _ = parse_pressure(&text);
            prop_assert_eq!(parse_number(&value.to_string()), Some(f64::from(value)));
        }
    }
}
