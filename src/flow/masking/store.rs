//! Where the two records of masking lie.
//! It decides nothing about them.

use crate::flow::row::{Address, Row};
use crate::record::{Class, MaskingPolicy, MaskingReport, entity, key};

impl Row for MaskingPolicy {
    const ADDRESS: Address<'static> =
        Address { entity: entity::MASKING, key: key::MASKING_POLICY, class: Class::Masking };
}

impl Row for MaskingReport {
    const ADDRESS: Address<'static> =
        Address { entity: entity::MASKING, key: key::MASKING_REPORT, class: Class::Masking };
}
