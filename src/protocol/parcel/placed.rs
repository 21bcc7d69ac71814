//! Reads JSON in which texts are marked and lie beside it, straight into the types it is for: a tree of values between would cost more
//! than all the rest of a step.
//! It puts a text where a mark is, in their order, and knows no type.
//!
//! INVARIANT: every text is put somewhere and every mark has one, or nothing is read. A name of a member is no place.

use std::cell::Cell;
use std::fmt::{Formatter, Result as FmtResult};

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::protocol::Input;

/// Stands for a text. One character that JSON writes as it is; who has a text of it alone puts that beside too.
pub const MARK: &str = "\u{7f}";

/// Reads `[[bytes of each text], input]`.
pub(super) fn read(texts: &str, head: &[u8]) -> Option<Input> {
    let mut reader = serde_json::Deserializer::from_slice(head);
    let input = reader.deserialize_tuple(2, Parts(texts)).ok()?;
    reader.end().ok()?;
    input
}

struct Parts<'t>(&'t str);

impl<'de> Visitor<'de> for Parts<'_> {
    type Value = Option<Input>;

    fn expecting(&self, out: &mut Formatter<'_>) -> FmtResult {
        out.write_str("lengths and an input")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Option<Input>, A::Error> {
        let none = || A::Error::custom("a part is missing");
        let lengths: Vec<usize> = parts.next_element()?.ok_or_else(none)?;
        let texts = Texts { rest: Cell::new(self.0), lengths: &lengths, at: Cell::new(0) };
        let input = parts.next_element_seed(Whole(&texts))?.ok_or_else(none)?;
        Ok(input.filter(|_| texts.are_used_up()))
    }
}

struct Whole<'a, 't>(&'a Texts<'t>);

impl<'de> DeserializeSeed<'de> for Whole<'_, '_> {
    type Value = Option<Input>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Option<Input>, D::Error> {
        Ok(Input::read(Placed { inner: input, texts: self.0 }))
    }
}

/// The texts that are not put anywhere yet.
struct Texts<'t> {
    rest: Cell<&'t str>,
    lengths: &'t [usize],
    at: Cell<usize>,
}

impl<'t> Texts<'t> {
    fn next(&self) -> Option<&'t str> {
        let at = self.at.get();
        let (text, rest) = self.rest.get().split_at_checked(*self.lengths.get(at)?)?;
        self.at.set(at.saturating_add(1));
        self.rest.set(rest);
        Some(text)
    }

    fn are_used_up(&self) -> bool {
        self.at.get() == self.lengths.len() && self.rest.get().is_empty()
    }
}

/// Anything that serde asks or is given, with the texts beside it.
struct Placed<'a, 't, T> {
    inner: T,
    texts: &'a Texts<'t>,
}

macro_rules! asks {
    ($($name:ident $(($($argument:ident: $kind:ty),*))?;)*) => {$(
        fn $name<V: Visitor<'de>>(self, $($($argument: $kind,)*)? visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$name($($($argument,)*)? Placed { inner: visitor, texts: self.texts })
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Placed<'_, '_, D> {
    type Error = D::Error;

    asks! {
        deserialize_any; deserialize_bool; deserialize_i8; deserialize_i16; deserialize_i32; deserialize_i64; deserialize_i128;
        deserialize_u8; deserialize_u16; deserialize_u32; deserialize_u64; deserialize_u128; deserialize_f32; deserialize_f64;
        deserialize_char; deserialize_str; deserialize_string; deserialize_bytes; deserialize_byte_buf; deserialize_option;
        deserialize_unit; deserialize_unit_struct(name: &'static str); deserialize_newtype_struct(name: &'static str);
        deserialize_seq; deserialize_tuple(len: usize); deserialize_tuple_struct(name: &'static str, len: usize); deserialize_map;
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier; deserialize_ignored_any;
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! gives {
    ($($name:ident($kind:ty);)*) => {$(
        fn $name<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            self.inner.$name(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Placed<'_, '_, V> {
    type Value = V::Value;

    fn expecting(&self, out: &mut Formatter<'_>) -> FmtResult {
        self.inner.expecting(out)
    }

    gives! { visit_bool(bool); visit_i64(i64); visit_i128(i128); visit_u64(u64); visit_u128(u128); visit_f64(f64); }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        match text {
            MARK => self.inner.visit_str(self.texts.next().ok_or_else(|| E::custom("a text is missing"))?),
            text => self.inner.visit_str(text),
        }
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        if text == MARK { self.visit_str(text) } else { self.inner.visit_borrowed_str(text) }
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        if text == MARK { self.visit_str(&text) } else { self.inner.visit_string(text) }
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Placed { inner, texts: self.texts })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Placed { inner, texts: self.texts })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Placed { inner, texts: self.texts })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Placed { inner, texts: self.texts })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Placed { inner, texts: self.texts })
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Placed<'_, '_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Placed { inner, texts: self.texts })
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Placed<'_, '_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Placed { inner, texts: self.texts })
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Placed<'_, '_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, name: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(name)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Placed { inner, texts: self.texts })
    }
}

impl<'de, 'a, 't, A: EnumAccess<'de>> EnumAccess<'de> for Placed<'a, 't, A> {
    type Error = A::Error;
    type Variant = Placed<'a, 't, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, inner: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let Placed { inner: access, texts } = self;
        let (value, inner) = access.variant_seed(Placed { inner, texts })?;
        Ok((value, Placed { inner, texts }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Placed<'_, '_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, inner: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Placed { inner, texts: self.texts })
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, inner: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(len, Placed { inner, texts: self.texts })
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], inner: V) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Placed { inner, texts: self.texts })
    }
}
