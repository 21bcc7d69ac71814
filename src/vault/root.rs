//! The vendor's root secrets: several versions at once, of which one seals, and a window outside which none opens.
//! It reads no environment; the texts are handed in.
//!
//! A rotation from version 1 to 2 goes through these windows, each deployed everywhere before the next:
//!
//! | step | minimum | primary | readable |
//! |---|---|---|---|
//! | before | 1 | 1 | 1 |
//! | readable: every process can open what the next one seals | 1 | 1 | 2 |
//! | promoted: what is written is sealed under 2, and the sweep re-wraps the rest | 1 | 2 | 2 |
//! | raised: 1 opens nothing any more, its variable can be removed | 2 | 2 | 2 |

use super::Secret;
use base64ct::{Base64UrlUnpadded, Encoding};
use zeroize::Zeroizing;

/// A root secret, from one of the app's encrypted environment variables.
pub struct Root {
    version: u32,
    key: Secret<32>,
}

impl Root {
    /// Parses the variable's value: 32 bytes in base64url without padding.
    ///
    /// # Errors
    /// [`KeyError`] when it is not that, or plainly not random.
    pub fn parse(version: u32, value: &str) -> Result<Root, KeyError> {
        Ok(Root { version, key: parse_key(value)? })
    }

    /// Its version; a part of the data-key box's associated data.
    pub const fn version(&self) -> u32 {
        self.version
    }

    pub(super) fn key(&self) -> &Secret<32> {
        &self.key
    }
}

/// Which versions of the root are in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    minimum: u32,
    primary: u32,
    readable: u32,
}

impl Window {
    /// The window of a deployment that never rotated.
    pub const FIRST: Window = Window { minimum: 1, primary: 1, readable: 1 };

    /// Parses the variable that names the window: `minimum=1 primary=2 readable=2`, each once.
    ///
    /// # Errors
    /// [`WindowError`] when a name is missing, twice or unknown, or the numbers make no window.
    pub fn parse(text: &str) -> Result<Window, WindowError> {
        let mut found = [None; NAMES.len()];
        for word in text.split_ascii_whitespace() {
            let (name, number) = word.split_once('=').ok_or(WindowError::Form)?;
            let at = NAMES.iter().position(|known| *known == name).ok_or(WindowError::Form)?;
            let slot = found.get_mut(at).filter(|slot| slot.is_none()).ok_or(WindowError::Form)?;
            *slot = Some(number.parse::<u32>().map_err(|_| WindowError::Form)?);
        }
        let [Some(minimum), Some(primary), Some(readable)] = found else { return Err(WindowError::Form) };
        let in_order = 0 < minimum && minimum <= primary && primary <= readable;
        if in_order && readable - minimum < MOST_LIVE {
            Ok(Window { minimum, primary, readable })
        } else {
            Err(WindowError::Order)
        }
    }

    /// The version that seals.
    pub const fn primary(self) -> u32 {
        self.primary
    }

    /// The oldest version that opens.
    pub const fn minimum(self) -> u32 {
        self.minimum
    }

    /// Every version of the window, oldest first.
    pub fn versions(self) -> impl Iterator<Item = u32> {
        self.minimum..=self.readable
    }

    const fn holds(self, version: u32) -> bool {
        self.minimum <= version && version <= self.readable
    }
}

/// Why a text names no window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowError {
    /// Not the three names, each once with a number.
    Form,
    /// Not minimum ≤ primary ≤ readable from 1, or more than three versions.
    Order,
}

/// The roots in use, one for each version of the window.
pub struct Roots {
    window: Window,
    roots: Vec<Root>,
}

impl Roots {
    /// The roots of a window.
    ///
    /// # Errors
    /// The version of the window that is not there exactly once. A root outside the window is left out.
    pub fn new(window: Window, mut roots: Vec<Root>) -> Result<Roots, u32> {
        roots.retain(|root| window.holds(root.version));
        let is_once = |version: &u32| roots.iter().filter(|root| root.version == *version).count() == 1;
        match window.versions().find(|version| !is_once(version)) {
            Some(version) => Err(version),
            None => Ok(Roots { window, roots }),
        }
    }

    /// One root, of any version.
    pub fn only(root: Root) -> Roots {
        let window = Window { minimum: root.version, primary: root.version, readable: root.version };
        Roots { window, roots: vec![root] }
    }

    /// The window they are of.
    pub const fn window(&self) -> Window {
        self.window
    }

    /// The root that seals. There is one: the constructors see to it.
    pub(super) fn primary(&self) -> Option<&Root> {
        self.get(self.window.primary)
    }

    /// The root of a version inside the window.
    pub(super) fn get(&self, version: u32) -> Option<&Root> {
        self.roots.iter().find(|root| root.version == version)
    }
}

/// Why a text is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not base64url without padding.
    Encoding,
    /// Not 32 bytes.
    Length,
    /// One byte over and over: a placeholder, not a key.
    Weak,
}

/// Writes a key as [`parse_key`] reads it.
pub(crate) fn print_key(key: &Secret<32>) -> Zeroizing<String> {
    // Exposed: into the one text that the secret store keeps.
    Zeroizing::new(Base64UrlUnpadded::encode_string(key.expose()))
}

/// A key of 32 bytes from base64url without padding.
///
/// # Errors
/// [`KeyError`] when it is not that, or plainly not random.
pub(crate) fn parse_key(value: &str) -> Result<Secret<32>, KeyError> {
    let value = value.trim();
    let mut key = Secret::empty();
    // Decoded in place: no buffer holds the key besides its own.
    let decoded = if value.len() > LONGEST_DECODED {
        return Err(KeyError::Length);
    } else {
        let mut room = Zeroizing::new([0_u8; LONGEST_DECODED]);
        let bytes = Base64UrlUnpadded::decode(value, room.as_mut_slice()).map_err(|_| KeyError::Encoding)?;
        if bytes.len() == 32 {
            key.expose_mut().copy_from_slice(bytes);
        }
        bytes.len()
    };
    // Exposed: a placeholder is told from a key before any use; how long that takes tells nothing about a real one.
    let first = key.expose().first().copied().unwrap_or_default();
    match decoded {
        32 if key.expose().iter().all(|byte| *byte == first) => Err(KeyError::Weak),
        32 => Ok(key),
        _ => Err(KeyError::Length),
    }
}

/// Texts beyond this are no key and are not decoded.
const LONGEST_DECODED: usize = 256;
/// Each version is a variable, of which the platform gives an app ten.
const MOST_LIVE: u32 = 3;
const NAMES: [&str; 3] = ["minimum", "primary", "readable"];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        Base64UrlUnpadded::encode_string(bytes)
    }

    #[test]
    fn refuses_a_root_that_is_no_key() {
        let check = |value: &str| Root::parse(1, value).err();
        assert_eq!(check(""), Some(KeyError::Length));
        assert_eq!(check(&text(&[1, 2, 3])), Some(KeyError::Length));
        assert_eq!(check(&text(&(0..33).collect::<Vec<u8>>())), Some(KeyError::Length));
        assert_eq!(check(&"A".repeat(100_000)), Some(KeyError::Length));
        assert_eq!(check(&text(&[0; 32])), Some(KeyError::Weak));
        assert_eq!(check(&text(&[7; 32])), Some(KeyError::Weak));
        assert_eq!(check("change me"), Some(KeyError::Encoding));
        assert_eq!(check(&format!("  {}\n", text(&(0..32).collect::<Vec<u8>>()))), None);
    }

    #[test]
    fn reads_a_window_and_nothing_like_one() {
        let window = |minimum, primary, readable| Ok(Window { minimum, primary, readable });
        assert_eq!(Window::parse("minimum=1 primary=1 readable=1"), Ok(Window::FIRST));
        assert_eq!(Window::parse(" readable=3  minimum=1\nprimary=2 "), window(1, 2, 3));
        assert_eq!(Window::parse("minimum=7 primary=8 readable=9"), window(7, 8, 9));
        for text in ["", "1 2 2", "minimum=1 primary=1", "minimum=1 minimum=1 primary=1 readable=1"] {
            assert_eq!(Window::parse(text), Err(WindowError::Form), "{text}");
        }
        for text in
            ["minimum=1 primary=1 readable=", "minimum=1 primary=-1 readable=1", "minimum=1 primary=1 current=1"]
        {
            assert_eq!(Window::parse(text), Err(WindowError::Form), "{text}");
        }
        for text in [
            "minimum=0 primary=1 readable=1",
            "minimum=2 primary=1 readable=2",
            "minimum=1 primary=3 readable=2",
            "minimum=1 primary=1 readable=4",
        ] {
            assert_eq!(Window::parse(text), Err(WindowError::Order), "{text}");
        }
    }

    #[test]
    fn asks_for_every_version_of_the_window_once_and_leaves_others_out() {
        let root = |version: u32| Root { version, key: Secret::new([9; 32]) };
        let window = Window::parse("minimum=2 primary=2 readable=3").unwrap();
        assert_eq!(Roots::new(window, vec![root(2)]).err(), Some(3));
        assert_eq!(Roots::new(window, vec![root(1), root(3)]).err(), Some(2));
        assert_eq!(Roots::new(window, vec![root(2), root(3), root(3)]).err(), Some(3));
        let roots = Roots::new(window, vec![root(1), root(2), root(3)]).ok().unwrap();
        assert!(roots.get(1).is_none() && roots.get(2).is_some() && roots.get(3).is_some());
        assert_eq!(roots.primary().map(Root::version), Some(2));
    }
}
