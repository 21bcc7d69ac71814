//! JSON values that borrow their text from the body, read straight from it.
//! They know no ADF; what is kept of a source leaves as [`Value`], which owns its text.

use core::fmt;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;

/// A JSON value.
#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Members(Vec<Member<'a>>),
}

/// A member of an object. Of two with one name the last counts.
pub(super) type Member<'a> = (Cow<'a, str>, Json<'a>);

/// The member of this name.
pub(super) fn find<'v, 'a>(members: &'v [Member<'a>], name: &str) -> Option<&'v Json<'a>> {
    members.iter().rfind(|(member, _)| member == name).map(|(_, value)| value)
}

/// Members that own their text.
pub(super) fn owned(members: &[Member<'_>]) -> Vec<(String, Value)> {
    members.iter().map(|(name, value)| (name.clone().into_owned(), value.to_value())).collect()
}

impl Json<'_> {
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    pub(super) fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The same, owning its text; members of one name are one.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(is) => Value::Bool(*is),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::List(all) => Value::Array(all.iter().map(Self::to_value).collect()),
            Self::Members(all) => Value::Object(owned(all).into_iter().collect::<Map<_, _>>()),
        }
    }
}

/// What is made of a value as it is read: of lists and objects part by part, of anything else once it is read.
pub(super) trait Door<'a>: Sized {
    /// What is made.
    type Out;

    /// Of a value that is taken as it is.
    fn other(self, value: Json<'a>) -> Self::Out;

    /// Of a list.
    fn list<A: SeqAccess<'a>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(self.other(Json::List(all)))
    }

    /// Of an object.
    fn members<A: MapAccess<'a>>(self, mut members: A) -> Result<Self::Out, A::Error> {
        let mut all = Vec::new();
        while let Some(name) = members.next_key_seed(Through(Text))? {
            all.push((name, members.next_value()?));
        }
        Ok(self.other(Json::Members(all)))
    }
}

/// A value read through a door.
pub(super) struct Through<D>(pub(super) D);

/// The value as it is.
struct Whole;

/// The name of a member.
pub(super) struct Text;

impl<'a> Door<'a> for Whole {
    type Out = Json<'a>;

    fn other(self, value: Json<'a>) -> Json<'a> {
        value
    }
}

impl<'a> Door<'a> for Text {
    type Out = Cow<'a, str>;

    fn other(self, value: Json<'a>) -> Cow<'a, str> {
        match value {
            Json::Text(text) => text,
            // a name is text: no reader gets here
            _ => Cow::Borrowed(""),
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Through(Whole).deserialize(deserializer)
    }
}

impl<'de, D: Door<'de>> DeserializeSeed<'de> for Through<D> {
    type Value = D::Out;

    fn deserialize<F: Deserializer<'de>>(self, deserializer: F) -> Result<D::Out, F::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, D: Door<'de>> Visitor<'de> for Through<D> {
    type Value = D::Out;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Null))
    }

    fn visit_bool<E>(self, is: bool) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Bool(is)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Number(number.into())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Number(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<D::Out, E> {
        Ok(self.0.other(Number::from_f64(number).map_or(Json::Null, Json::Number)))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<D::Out, E> {
        Ok(self.0.other(Json::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<D::Out, A::Error> {
        self.0.list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<D::Out, A::Error> {
        self.0.members(members)
    }
}
