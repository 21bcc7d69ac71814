//! Lists of postings and the dictionaries that hold them, as bytes.
//! It weighs nothing: an impact goes in and comes out.
