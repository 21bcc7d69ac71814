//! The verbs `index` and `search`: the shipped index over a folder that holds what the key-value store would hold.
//! They ask no product and know no permission: the folder is the caller's.
