//! The manifest as bytes.
//! It checks form and counts; what the parts mean is checked by whoever reads the values they name.

use super::{
    BadManifest, Building, Container, ContainerState, Dropped, Entry, Form, Group, Manifest, Routing, Run, Starts,
    Table, Tombstone,
};
use crate::search::Space;
use crate::search::segment::bytes::{Reader, Writer};
use crate::search::segment::{Broken, SegmentId, ValueKey, ValueName};

impl Manifest {
    /// Reads a manifest of the revision it was sealed for.
    ///
    /// # Errors
    /// [`BadManifest`] for anything but what [`Manifest::encode`] wrote.
    pub fn decode(rev: u64, bytes: &[u8]) -> Result<Manifest, BadManifest> {
        let (version, body) = bytes.split_first().ok_or(BadManifest::Broken)?;
        if *version != VERSION {
            return Err(BadManifest::Version);
        }
        let mut reader = Reader::of(KIND, body)?;
        if reader.number()? != rev {
            return Err(BadManifest::Stale);
        }
        let manifest = read(rev, &mut reader)?;
        reader.end()?;
        if manifest.segments.iter().any(|entry| entry.seq >= manifest.next_seq) {
            return Err(BadManifest::Stale);
        }
        Ok(manifest)
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`BadManifest::TooLarge`] beyond what one value holds.
    pub fn encode(&self) -> Result<Vec<u8>, BadManifest> {
        let mut out = Writer::default();
        out.byte(VERSION);
        out.raw(&Writer::of(KIND).into_bytes());
        out.number(self.rev);
        write(self, &mut out);
        if out.len() > MOST { Err(BadManifest::TooLarge) } else { Ok(out.into_bytes()) }
    }
}

fn read(rev: u64, reader: &mut Reader<'_>) -> Result<Manifest, Broken> {
    Ok(Manifest {
        rev,
        ttl_days: u16::try_from(reader.small()?).map_err(|_| Broken)?,
        average: Some(f32::from_bits(reader.fixed()?)).filter(|average| average.is_finite()).ok_or(Broken)?,
        next_seq: reader.number()?,
        space: read_space(reader)?,
        containers: list(reader, read_container)?,
        segments: list(reader, read_entry)?,
        groups: list(reader, read_group)?,
        building: list(reader, |reader| {
            Ok(Building { id: SegmentId(reader.long()?), since: reader.number()?, values: reader.small()? })
        })?,
        dropped: list(reader, |reader| {
            let segment = SegmentId(reader.long()?);
            let first = ValueKey { segment, name: ValueName::of_parts(reader.byte()?, reader.small()?)? };
            Ok(Dropped { first, count: reader.small()? })
        })?,
        tombstones: list(reader, |reader| {
            let (low, high) = (reader.fixed()?, reader.byte()?);
            Ok(Tombstone { token: u64::from(high) << 32 | u64::from(low), seq: reader.number()? })
        })?,
    })
}

fn write(manifest: &Manifest, out: &mut Writer) {
    out.number(u64::from(manifest.ttl_days));
    out.fixed(manifest.average.to_bits());
    out.number(manifest.next_seq);
    write_space(out, manifest.space.as_ref());
    each(out, &manifest.containers, write_container);
    each(out, &manifest.segments, write_entry);
    each(out, &manifest.groups, write_group);
    each(out, &manifest.building, |out, building| {
        out.long(building.id.0);
        out.number(building.since);
        out.number(u64::from(building.values));
    });
    each(out, &manifest.dropped, |out, dropped| {
        out.long(dropped.first.segment.0);
        let (kind, number) = dropped.first.name.parts();
        out.byte(kind);
        out.number(u64::from(number));
        out.number(u64::from(dropped.count));
    });
    each(out, &manifest.tombstones, |out, tombstone| {
        out.fixed(u32::try_from(tombstone.token & 0xffff_ffff).unwrap_or(0));
        out.byte(u8::try_from(tombstone.token >> 32 & 0xff).unwrap_or(0));
        out.number(tombstone.seq);
    });
}

fn list<T>(reader: &mut Reader<'_>, read: impl Fn(&mut Reader<'_>) -> Result<T, Broken>) -> Result<Vec<T>, Broken> {
    let count = reader.count()?;
    (0..count).map(|_| read(reader)).collect()
}

fn each<T>(out: &mut Writer, all: &[T], write: impl Fn(&mut Writer, &T)) {
    out.count(all.len());
    all.iter().for_each(|one| write(out, one));
}

fn read_space(reader: &mut Reader<'_>) -> Result<Option<Space>, Broken> {
    if reader.byte()? == 0 {
        return Ok(None);
    }
    Ok(Some(Space {
        provider: reader.text()?.to_owned(),
        model: reader.text()?.to_owned(),
        dimensions: reader.small()?,
        task: reader.text()?.to_owned(),
    }))
}

fn write_space(out: &mut Writer, space: Option<&Space>) {
    out.byte(u8::from(space.is_some()));
    if let Some(Space { provider, model, dimensions, task }) = space {
        out.text(provider);
        out.text(model);
        out.number(u64::from(*dimensions));
        out.text(task);
    }
}

fn read_container(reader: &mut Reader<'_>) -> Result<Container, Broken> {
    Ok(Container {
        name: reader.text()?.to_owned(),
        id: reader.text()?.to_owned(),
        title: reader.text()?.to_owned(),
        state: match reader.byte()? {
            0 => ContainerState::Waiting,
            1 => ContainerState::Indexing,
            2 => ContainerState::Ready,
            3 => ContainerState::Failed,
            _ => return Err(Broken),
        },
        code: reader.text()?.to_owned(),
        done: reader.small()?,
        total: reader.small()?,
        run: reader.text()?.to_owned(),
        indexed_at: reader.number()?,
        documents: reader.small()?,
        pieces: reader.small()?,
        bytes: reader.number()?,
    })
}

fn write_container(out: &mut Writer, container: &Container) {
    out.text(&container.name);
    out.text(&container.id);
    out.text(&container.title);
    out.byte(match container.state {
        ContainerState::Waiting => 0,
        ContainerState::Indexing => 1,
        ContainerState::Ready => 2,
        ContainerState::Failed => 3,
    });
    out.text(&container.code);
    out.number(u64::from(container.done));
    out.number(u64::from(container.total));
    out.text(&container.run);
    out.number(container.indexed_at);
    out.number(u64::from(container.documents));
    out.number(u64::from(container.pieces));
    out.number(container.bytes);
}

fn read_entry(reader: &mut Reader<'_>) -> Result<Entry, Broken> {
    Ok(Entry {
        id: SegmentId(reader.long()?),
        seq: reader.number()?,
        applied: reader.number()?,
        documents: reader.small()?,
        pieces: reader.small()?,
        runs: list(reader, |reader| {
            let container = reader.text()?.to_owned();
            Ok(Run { container, documents: reader.small()?, pieces: reader.small()? })
        })?,
        form: match reader.byte()? {
            0 => Form::Single,
            1 => Form::Cut(Routing::read(reader)?),
            _ => return Err(Broken),
        },
        space: read_space(reader)?,
        vectors: reader.small()?,
        bytes: reader.number()?,
    })
}

fn write_entry(out: &mut Writer, entry: &Entry) {
    out.long(entry.id.0);
    out.number(entry.seq);
    out.number(entry.applied);
    out.number(u64::from(entry.documents));
    out.number(u64::from(entry.pieces));
    each(out, &entry.runs, |out, run| {
        out.text(&run.container);
        out.number(u64::from(run.documents));
        out.number(u64::from(run.pieces));
    });
    match &entry.form {
        Form::Single => out.byte(0),
        Form::Cut(routing) => {
            out.byte(1);
            routing.write(out);
        }
    }
    write_space(out, entry.space.as_ref());
    out.number(u64::from(entry.vectors));
    out.number(entry.bytes);
}

fn read_group(reader: &mut Reader<'_>) -> Result<Group, Broken> {
    Ok(Group {
        id: SegmentId(reader.long()?),
        container: reader.text()?.to_owned(),
        first: reader.small()?,
        blocks: reader.small()?,
        documents: reader.small()?,
        dead: reader.small()?,
        bytes: reader.number()?,
    })
}

fn write_group(out: &mut Writer, group: &Group) {
    out.long(group.id.0);
    out.text(&group.container);
    for number in [group.first, group.blocks, group.documents, group.dead] {
        out.number(u64::from(number));
    }
    out.number(group.bytes);
}

impl Routing {
    /// Reads what [`Routing::write`] wrote.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Routing, Broken> {
        Ok(Routing {
            terms: read_terms(reader)?,
            documents: list(reader, |reader| {
                Ok(Table {
                    run: reader.small()?,
                    first: reader.text()?.to_owned(),
                    documents: reader.small()?,
                    pieces: reader.small()?,
                    bytes: reader.small()?,
                })
            })?,
            common: read_terms(reader)?,
            starts: match reader.byte()? {
                0 => Starts::Each,
                1 => Starts::Here(reader.bytes()?.to_vec()),
                2 => Starts::Root(reader.small()?),
                _ => return Err(Broken),
            },
            centroids: reader.small()?,
            vectors: list(reader, |reader| reader.small())?,
        })
    }

    /// Writes it.
    pub(crate) fn write(&self, out: &mut Writer) {
        write_terms(out, &self.terms);
        each(out, &self.documents, |out, table| {
            out.number(u64::from(table.run));
            out.text(&table.first);
            for number in [table.documents, table.pieces, table.bytes] {
                out.number(u64::from(number));
            }
        });
        write_terms(out, &self.common);
        match &self.starts {
            Starts::Each => out.byte(0),
            Starts::Here(root) => {
                out.byte(1);
                out.bytes(root);
            }
            Starts::Root(bytes) => {
                out.byte(2);
                out.number(u64::from(*bytes));
            }
        }
        out.number(u64::from(self.centroids));
        each(out, &self.vectors, |out, bytes| out.number(u64::from(*bytes)));
    }
}

fn read_terms(reader: &mut Reader<'_>) -> Result<Vec<(Vec<u8>, u32)>, Broken> {
    let count = reader.count()?;
    let mut terms: Vec<(Vec<u8>, u32)> = Vec::new();
    for _ in 0..count {
        let shared = usize::from(reader.byte()?);
        let before = terms.last().map(|term| term.0.as_slice()).unwrap_or_default();
        let mut term = before.get(..shared).ok_or(Broken)?.to_vec();
        term.extend(reader.bytes()?);
        terms.push((term, reader.small()?));
    }
    Ok(terms)
}

fn write_terms(out: &mut Writer, terms: &[(Vec<u8>, u32)]) {
    out.count(terms.len());
    let mut before: &[u8] = &[];
    for (term, number) in terms {
        let shared = before.iter().zip(term).take(255).take_while(|(one, other)| one == other).count();
        out.byte(u8::try_from(shared).unwrap_or(0));
        out.bytes(term.get(shared..).unwrap_or_default());
        out.number(u64::from(*number));
        before = term;
    }
}

const VERSION: u8 = 1;
const KIND: u8 = b'm';
/// What one value of the store holds, sealed and in base64.
const MOST: usize = 178_000;
