//! Room `backup`.
