//! Layers: what a clinic and its baselines say about one setting, and who of them wins.
//!
//! Nothing here knows what a setting is about.

use super::shape::{Declaration, Placed, Setting};
use crate::domain::Sourced;
use crate::source::Place;
use smallvec::SmallVec;

/// Every declaration of one setting, nearest layer first.
pub(super) struct LayerStack<'a, T>(SmallVec<[Layered<'a, T>; USUAL]>);

/// A clinic, a baseline, and the baselines behind it: hardly anybody has more layers that all say the same thing.
const USUAL: usize = 3;

/// The declaration of one layer.
struct Layered<'a, T> {
    /// How far away the layer is: 0 is the clinic itself.
    depth: usize,
    place: Place,
    wish: Declaration<&'a T>,
}

impl<'a, T> LayerStack<'a, T> {
    /// The declarations of the setting that `find` finds in each of `layers`, nearest first.
    pub(super) fn of<L>(layers: impl IntoIterator<Item = &'a L>, find: impl Fn(&'a L) -> &'a Setting<T>) -> Self
    where
        L: 'a,
    {
        let voices = layers.into_iter().enumerate();
        Self(voices.filter_map(|(depth, layer)| find(layer).as_ref().map(|said| Layered::of(depth, said))).collect())
    }

    /// The same for a part of the setting: what is unmanaged as a whole is unmanaged in its parts.
    pub(super) fn part<P>(&self, find: impl Fn(&'a T) -> Option<&'a Placed<Declaration<P>>>) -> LayerStack<'a, P> {
        let part = |voice: &Layered<'a, T>| match voice.wish {
            Declaration::Managed(whole) => find(whole).map(|said| Layered::of(voice.depth, said)),
            Declaration::Unmanaged => {
                Some(Layered { depth: voice.depth, place: voice.place, wish: Declaration::Unmanaged })
            }
            Declaration::Broken => Some(Layered { depth: voice.depth, place: voice.place, wish: Declaration::Broken }),
        };
        LayerStack(self.0.iter().filter_map(part).collect())
    }

    /// The declarations up to the first `unmanaged`, and its distance.
    pub(super) fn until_unmanaged(mut self) -> (Self, usize) {
        let cut = self.0.iter().position(|voice| matches!(voice.wish, Declaration::Unmanaged));
        let Some(cut) = cut else { return (self, usize::MAX) };
        let depth = self.0.get(cut).map_or(usize::MAX, |voice| voice.depth);
        self.0.truncate(cut);
        (self, depth)
    }

    /// Without the layers farther away than `depth`.
    pub(super) fn within(mut self, depth: usize) -> Self {
        self.0.retain(|voice| voice.depth <= depth);
        self
    }

    /// The values with their places, nearest first.
    pub(super) fn values(&self) -> impl DoubleEndedIterator<Item = (&'a T, Place)> {
        self.0.iter().filter_map(|voice| match voice.wish {
            Declaration::Managed(value) => Some((value, voice.place)),
            Declaration::Unmanaged | Declaration::Broken => None,
        })
    }

    /// Whether some layer has a declaration that was reported already.
    pub(super) fn broken(&self) -> bool {
        self.0.iter().any(|voice| matches!(voice.wish, Declaration::Broken))
    }

    /// The nearest value and its place, unless that is `unmanaged`.
    pub(super) fn nearest(&self) -> Option<(&'a T, Place)> {
        match self.0.first()? {
            Layered { wish: Declaration::Managed(value), place, depth: _ } => Some((value, *place)),
            Layered { wish: Declaration::Unmanaged | Declaration::Broken, .. } => None,
        }
    }

    /// The nearest value as the domain has it, remembering what it shadows.
    pub(super) fn said<V>(&self, value: impl FnOnce(&'a T) -> V) -> Option<Sourced<V>> {
        let (nearest, place) = self.nearest()?;
        let shadows = self.0.iter().skip(1).map(|voice| voice.place).collect();
        Some(Sourced { value: value(nearest), place, shadows })
    }
}

impl<'a, T> Layered<'a, T> {
    const fn of(depth: usize, said: &'a Placed<Declaration<T>>) -> Self {
        let wish = match &said.value {
            Declaration::Managed(value) => Declaration::Managed(value),
            Declaration::Unmanaged => Declaration::Unmanaged,
            Declaration::Broken => Declaration::Broken,
        };
        Self { depth, place: said.place, wish }
    }
}
