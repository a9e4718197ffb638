//! A bad network between an app and a portal: it loses requests, loses or cuts answers, doubles, holds back and delivers later.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use semainier_app::commands::takeover::seed::Dice;

use crate::portal_server::strange_address;
use crate::tiny_server::{Asked, Tiny};

/// A network on which one rule decides what becomes of a request; it delivers by [`deliver`], or not.
pub struct Gate(Tiny);

impl Gate {
    /// What comes back of a request: the rule says it.
    pub fn of(rule: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Tiny::serve(move |asked, stream| {
            let said = rule(asked);
            let _ = stream.write_all(&said);
        }))
    }

    pub fn address(&self) -> String {
        self.0.address()
    }
}

struct Road {
    port: u16,
    dice: Dice,
    bad: bool,
    held: Vec<Asked>,
    /// How many requests met with each fault.
    met: [u32; 6],
}

/// The network.
pub struct FaultProxy {
    tiny: Tiny,
    road: Arc<Mutex<Road>>,
}

/// Delivers a request; its answer's bytes.
pub fn deliver(port: u16, asked: &Asked) -> Vec<u8> {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return Vec::new() };
    // From another address each time: whoever asks for a hundred tokens an hour would be told to wait.
    let from = strange_address();
    let mut head =
        format!("{} {} HTTP/1.1\r\nconnection: close\r\nx-forwarded-for: {from}\r\n", asked.method, asked.target);
    for (name, value) in asked.headers.iter().filter(|(name, _)| name != "connection") {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut bytes = Vec::new();
    if stream.write_all(head.as_bytes()).is_ok() && stream.write_all(&asked.body).is_ok() {
        let _ = stream.read_to_end(&mut bytes);
    }
    bytes
}

impl FaultProxy {
    /// A network to a port of this computer, good until it is made bad.
    pub fn to(port: u16, seed: u64) -> Self {
        let road = Road { port, dice: Dice::new(seed), bad: false, held: Vec::new(), met: [0; 6] };
        let road = Arc::new(Mutex::new(road));
        let shared = Arc::clone(&road);
        // One request at a time: what arrives when is the dice's affair alone.
        let tiny = Tiny::serve(move |asked, stream| {
            let said = shared.lock().expect("no test broke it").carry(asked);
            let _ = stream.write_all(&said);
        });
        Self { tiny, road }
    }

    pub fn address(&self) -> String {
        self.tiny.address()
    }

    /// Makes the network bad, or good; what was held back is delivered then.
    pub fn set_bad(&self, bad: bool) {
        let mut road = self.road.lock().expect("no test broke it");
        road.bad = bad;
        if !bad {
            let port = road.port;
            for asked in std::mem::take(&mut road.held) {
                deliver(port, &asked);
            }
        }
    }

    /// How many requests met with each fault; the last number: with none.
    pub fn met(&self) -> [u32; 6] {
        self.road.lock().expect("no test broke it").met
    }
}

impl Road {
    /// The bytes that come back; none where nothing does.
    fn carry(&mut self, asked: &Asked) -> Vec<u8> {
        // Every now and then something that was held back arrives before.
        if self.bad && self.dice.below(6) == 0 && !self.held.is_empty() {
            let at = usize::try_from(self.dice.below(self.held.len() as u64)).expect("small");
            let late = self.held.swap_remove(at);
            deliver(self.port, &late);
        }
        let fault = if self.bad { usize::try_from(self.dice.below(12)).expect("small").min(5) } else { 5 };
        self.met[fault] += 1;
        match fault {
            // Lost on the way there.
            0 => Vec::new(),
            // Its answer lost.
            1 => {
                deliver(self.port, asked);
                Vec::new()
            }
            // Held back; who sent it hears nothing.
            2 => {
                self.held.push(asked.clone());
                Vec::new()
            }
            // Its answer cut in the middle.
            3 => {
                let mut said = deliver(self.port, asked);
                said.truncate(said.len() / 2);
                said
            }
            // Twice now, and once more later.
            4 => {
                deliver(self.port, asked);
                self.held.push(asked.clone());
                deliver(self.port, asked)
            }
            _ => deliver(self.port, asked),
        }
    }
}
