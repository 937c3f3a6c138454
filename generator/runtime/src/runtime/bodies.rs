//! `bodies!`: an enum of the media types in which an operation takes its body, as a table.
//!
//! For example:
//!
//! ```text
//! crate::runtime::bodies! {
//!     /// What `render` takes.
//!     pub enum RenderBody {
//!         TextPlain(String) = text("text/plain"),
//!         TextXMarkdown(String) = text("text/x-markdown"),
//!         #[from()]
//!         Json(crate::models::RenderJson) = json,
//!     }
//! }
//! ```
//!
//! A variant is sent as `json`, `json("application/x+json")`, `form("member" = Comma)`,
//! `multipart("part" = "media/type")`, `text("text/plain")` or `bytes("image/png")`, as
//! [`operation!`](super::operation) has it. One with `#[from(…)]` is filled by its type, too, by
//! a builder of that, and by the types in the brackets.

use super::Request;

/// An enum of bodies.
pub trait Bodies {
    /// Makes this the body of a call.
    fn put(self, request: Request) -> Request;
}

/// An enum of bodies; see the module.
macro_rules! bodies {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $(
                $(#[from($($source:ty),* $(,)?)])?
                $variant:ident($type:ty $(,)?) = $kind:ident $(($($how:tt)*))?,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::runtime::bodies!(@doc $kind $(($($how)*))?)]
                $variant($type),
            )*
        }

        impl $crate::runtime::Bodies for $name {
            fn put(self, request: $crate::runtime::Request) -> $crate::runtime::Request {
                match self {
                    $(
                        Self::$variant(body) => $crate::runtime::bodies!(
                            @put request, body, $type, $kind $(($($how)*))?
                        ),
                    )*
                }
            }
        }

        $($(
            impl ::std::convert::From<$type> for $name {
                fn from(body: $type) -> Self {
                    Self::$variant(body)
                }
            }
            $crate::runtime::bodies!(@fill $name $variant $type; $type $(, $source)*);
        )?)*
    };

    (@fill $name:ident $variant:ident $type:ty; $($source:ty),*) => {
        $(
            impl $crate::runtime::Fill<$name> for $source {
                fn fill(self) -> ::std::result::Result<$name, $crate::runtime::Missing> {
                    $crate::runtime::Fill::<$type>::fill(self).map($name::$variant)
                }
            }
        )*
    };

    (@doc json) => { "Sent as `application/json`." };
    (@doc form($($how:tt)*)) => { "Sent as a form, `application/x-www-form-urlencoded`." };
    (@doc multipart($($how:tt)*)) => { "Sent as a form of parts, `multipart/form-data`." };
    (@doc $kind:ident($media:literal $(,)?)) => { concat!("Sent as `", stringify!($media), "`.") };

    (@put $request:ident, $body:ident, $type:ty, json) => { $request.json::<$type>($body) };
    (@put $request:ident, $body:ident, $type:ty, json($media:literal $(,)?)) => {
        $request.json_as::<$type>($media, $body)
    };
    (@put $request:ident, $body:ident, $type:ty,
        form($($member:literal = $style:ident),* $(,)?)
    ) => {
        $request.form::<$type>(&[$(($member, $crate::runtime::FormStyle::$style)),*], $body)
    };
    (@put $request:ident, $body:ident, $type:ty,
        multipart($($part:literal = $kind:tt $(,)?),* $(,)?)
    ) => {
        $request.multipart::<$type>(
            &[$(($part, $crate::runtime::operation!(@part $kind))),*], $body
        )
    };
    (@put $request:ident, $body:ident, $type:ty, text($media:literal $(,)?)) => {
        $request.text($media, $body)
    };
    (@put $request:ident, $body:ident, $type:ty, bytes($media:literal $(,)?)) => {
        $request.bytes($media, $body)
    };
}
pub(crate) use bodies;
