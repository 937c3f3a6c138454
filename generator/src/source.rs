//! Where text comes from and where in it a node stands: [`Source`], [`Pointer`], [`Source::locate`].
//!
//! May not import other modules of ours.
