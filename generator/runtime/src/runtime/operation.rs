//! `operation!`: the type of one operation's call, from a table of its optional parameters.
//!
//! For example:
//!
//! ```text
//! operation! {
//!     /// The call made by `TagApi::list`.
//!     #[request("listTags", "GET", "/tags")]
//!     #[answer(json = crate::models::ListTags)]
//!     #[pages(crate::models::Tag, cursor("starting_after", "/next").items("/items"))]
//!     pub struct ListTags {
//!         /// How many are returned.
//!         #[query("limit")]
//!         limit: i64,
//!         #[query_list("ids", Comma)]
//!         ids: String,
//!     }
//! }
//! ```
//!
//! The struct's attributes stand in this order: its documentation, `#[deprecated …]`, `#[request(…)]`
//! with the operation's id, its method and its path, `#[answer(…)]` with `json = Type`,
//! `one_of = Replies`, `text`, `bytes`, `empty`, `lines = Type`, `events = Type` or `events`, and, for
//! a list that comes in pages, `#[pages(…)]` with the type of its items and how it goes on, see
//! [`Paging`](super::Paging), and, where the answer is there in other media types, `#[also("…")]`, and, where it is there as a
//! stream beside, `#[beside("text/event-stream", (events = Type))]`, and, where values are checked,
//! `#[checked(unchecked)]`. Each field is a setter; its attributes are
//! its documentation, `#[deprecated …]` and one of
//!
//! | attribute | the setter takes what fills | and sends it as |
//! |---|---|---|
//! | `#[query("name")]` | the field's type | a query parameter |
//! | `#[query_list("name", Comma)]` | any number of the field's type | a list, see [`ListStyle`](super::ListStyle) |
//! | `#[query_json("name")]` | the field's type | a JSON text in a query parameter |
//! | `#[styled("name", Query, Deep, true)]` | the field's type | by a [`Style`](super::Style), exploded or not |
//! | `#[header("name")]` | the field's type | a header |
//! | `#[json]`, `#[json("application/x+json")]` | the field's type | the body |
//! | `#[form("member" = Comma)]` | the field's type | the body; a [`FormStyle`](super::FormStyle) where one is declared |
//! | `#[multipart("part" = "media/type")]` | the field's type | the body; media types where they are declared |
//! | `#[text("text/plain")]` | a `String` | the body |
//! | `#[bytes("image/png")]` | an `Upload` | the body |
//! | `#[one_of]` | the field's type, made by [`bodies!`](super::bodies) | the body, in the media type of its variant |

/// The type of one operation's call; see the module.
macro_rules! operation {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated $($deprecated:tt)*])?
        #[request($id:literal, $method:literal, $path:literal $(,)?)]
        #[answer $answer:tt]
        $(#[pages $paging:tt])?
        $(#[also($($other:literal),+ $(,)?)])?
        $(#[beside($media:literal, $stream:tt)])?
        $(#[checked($unchecked:ident)])?
        pub struct $name:ident {
            $( $(#[$($attribute:tt)*])* $field:ident : $type:ty ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated $($deprecated)*])?
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[must_use = "nothing is sent until it is awaited"]
        pub struct $name {
            request: $crate::runtime::Request,
        }

        #[allow(deprecated)]
        impl ::std::convert::From<$crate::runtime::Request> for $name {
            fn from(request: $crate::runtime::Request) -> Self {
                Self { request }
            }
        }

        // The names of setters are the document's: `as_user` and `add` are as good as any.
        #[allow(deprecated, clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $name {
            /// Starts the call.
            pub(crate) fn request(client: &$crate::runtime::Client) -> $crate::runtime::Request {
                $crate::runtime::Request::new(client, $id, $method, $path)
            }

            $( $crate::runtime::operation!(
                @setter { $(#[$($attribute)*])* } $field : $type
            ); )*

            /// Limits this call, from connecting to the last byte of the answer, with all its tries;
            /// where the answer is a stream, to its head, and then each wait for more of it.
            pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request = self.request.timeout(timeout);
                self
            }

            /// Sets a header of this call, in the place of any that has this name.
            pub fn with_header(mut self, name: &str, value: impl ::std::fmt::Display) -> Self {
                self.request = self.request.header::<::std::string::String>(name, value.to_string());
                self
            }

            /// Tries this call again by these rules instead of the client's.
            pub fn with_retry(mut self, retry: $crate::runtime::Retry) -> Self {
                self.request = self.request.retry(retry);
                self
            }

            /// Sends this key, by which a server that gets the call twice does it once, so that it
            /// may be tried again. It goes into the client's idempotency header, by default
            /// `Idempotency-Key`.
            pub fn with_idempotency_key(
                mut self,
                key: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.request = self.request.idempotency_key(key.into());
                self
            }

            /// Sends the call. Awaiting the call itself does the same.
            ///
            /// # Errors
            /// The call cannot be sent, or gives no value; see `Error`.
            pub fn send(
                self,
            ) -> $crate::runtime::Sending<$crate::runtime::operation!(@value $answer)> {
                self.request.sending::<$crate::runtime::operation!(@answer $answer)>()
            }

            /// Sends the call and returns status and headers, too.
            ///
            /// # Errors
            /// The call cannot be sent, or gives no value; see `Error`.
            pub fn send_with_response(
                self,
            ) -> $crate::runtime::Sending<
                $crate::runtime::Response<$crate::runtime::operation!(@value $answer)>,
            > {
                self.request
                    .sending_with_response::<$crate::runtime::operation!(@answer $answer)>()
            }

            /// Sends the call and waits for its answer: [`send`](Self::send) for code that is not async.
            ///
            /// # Errors
            /// The call cannot be sent, or gives no value, or async code waits for it; see `Error`.
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            pub fn send_blocking(
                self,
            ) -> ::std::result::Result<
                $crate::runtime::operation!(@value $answer),
                $crate::runtime::Error,
            > {
                self.request.wait(|request| {
                    request.send::<$crate::runtime::operation!(@answer $answer)>()
                })
            }

            /// Like [`send_blocking`](Self::send_blocking), with status and headers.
            ///
            /// # Errors
            /// Those of `send_blocking`.
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            pub fn send_with_response_blocking(
                self,
            ) -> ::std::result::Result<
                $crate::runtime::Response<$crate::runtime::operation!(@value $answer)>,
                $crate::runtime::Error,
            > {
                self.request.wait(|request| {
                    request.send_with_response::<$crate::runtime::operation!(@answer $answer)>()
                })
            }

            $( $crate::runtime::operation!(@pages $paging $answer); )?

            $(
                /// Sends the call and returns the body as it came, in a media type of the caller's
                /// choice. The document has these:
                $(#[doc = concat!("`", stringify!($other), "`")])+
                pub fn send_as(
                    self,
                    media_type: &'static str,
                ) -> $crate::runtime::Sending<$crate::runtime::Response<$crate::runtime::Bytes>> {
                    self.request.send_as(media_type)
                }

                /// Like [`send_as`](Self::send_as), for code that is not async.
                ///
                /// # Errors
                /// Those of [`send_blocking`](Self::send_blocking).
                #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
                pub fn send_as_blocking(
                    self,
                    media_type: &'static str,
                ) -> ::std::result::Result<
                    $crate::runtime::Response<$crate::runtime::Bytes>,
                    $crate::runtime::Error,
                > {
                    self.request.wait(|request| request.send_as(media_type))
                }
            )?

            $( $crate::runtime::operation!(@beside $media $stream); )?

            $(
                /// Sends what it is given as it is: its values are not held against the bounds, lengths
                /// and patterns of the document.
                pub fn $unchecked(mut self) -> Self {
                    self.request = self.request.unchecked();
                    self
                }
            )?

            $crate::runtime::operation!(@download $answer);
        }

        #[cfg(feature = "mock")]
        #[allow(deprecated)]
        impl $crate::runtime::mock::MockCall for $name {
            type Answer = $crate::runtime::operation!(@answer $answer);

            fn into_request(self) -> $crate::runtime::Request {
                self.request
            }

            fn any_request(client: &$crate::runtime::Client) -> $crate::runtime::Request {
                Self::request(client)
            }
        }

        #[allow(deprecated)]
        impl ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<
                $crate::runtime::operation!(@value $answer),
                $crate::runtime::Error,
            >;
            type IntoFuture =
                $crate::runtime::Sending<$crate::runtime::operation!(@value $answer)>;

            fn into_future(self) -> Self::IntoFuture {
                self.request.sending::<$crate::runtime::operation!(@answer $answer)>()
            }
        }
    };

    (@answer (json = $type:ty)) => { $crate::runtime::Json<$type> };
    (@answer (one_of = $type:ty)) => { $crate::runtime::OneOf<$type> };
    (@answer (text)) => { $crate::runtime::Text };
    (@answer (bytes)) => { $crate::runtime::Raw };
    (@answer (empty)) => { $crate::runtime::Empty };
    (@answer (lines = $type:ty)) => { $crate::runtime::Lines<$type> };
    (@answer (events = $type:ty)) => { $crate::runtime::JsonEvents<$type> };
    (@answer (events)) => { $crate::runtime::TextEvents };

    (@value (json = $type:ty)) => { $type };
    (@value (one_of = $type:ty)) => { $type };
    (@value (text)) => { ::std::string::String };
    (@value (bytes)) => { $crate::runtime::Bytes };
    (@value (empty)) => { () };
    (@value (lines = $type:ty)) => { $crate::runtime::JsonLines<$type> };
    (@value (events = $type:ty)) => { $crate::runtime::Events<$type> };
    (@value (events)) => { $crate::runtime::Events<::std::string::String> };

    (@beside $media:literal (lines $($of:tt)*)) => {
        $crate::runtime::operation!(
            @stream "Sends the call and asks for a stream of JSON, a value in each line.",
            lines, lines_blocking, $media, (lines $($of)*)
        );
    };
    (@beside $media:literal (events $($of:tt)*)) => {
        $crate::runtime::operation!(
            @stream "Sends the call and asks for a stream of events.",
            events, events_blocking, $media, (events $($of)*)
        );
    };
    (@stream $doc:literal, $name:ident, $blocking:ident, $media:literal, $answer:tt) => {
        #[doc = $doc]
        ///
        /// What else the server needs to be told for it, such as a `stream` in the body, is for the
        /// caller to say.
        pub fn $name(
            self,
        ) -> $crate::runtime::Sending<$crate::runtime::operation!(@value $answer)> {
            self.request
                .accept($media)
                .sending::<$crate::runtime::operation!(@answer $answer)>()
        }

        /// The same for code that is not async; `blocking` of what it gives is an iterator.
        ///
        /// # Errors
        /// Those of [`send_blocking`](Self::send_blocking).
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub fn $blocking(
            self,
        ) -> ::std::result::Result<
            $crate::runtime::operation!(@value $answer),
            $crate::runtime::Error,
        > {
            self.request.accept($media).wait(|request| {
                request.send::<$crate::runtime::operation!(@answer $answer)>()
            })
        }
    };

    (@download (bytes)) => {
        /// Sends the call and hands out the body as it comes, however long it is.
        pub fn download(self) -> $crate::runtime::Sending<$crate::runtime::Download> {
            ::std::boxed::Box::pin(self.request.download("*/*"))
        }

        /// Like [`download`](Self::download), for code that is not async; what it gives is an iterator
        /// by `blocking`, and `std::io::Read` by `into_read`.
        ///
        /// # Errors
        /// Those of [`send_blocking`](Self::send_blocking).
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub fn download_blocking(
            self,
        ) -> ::std::result::Result<$crate::runtime::Download, $crate::runtime::Error> {
            self.request.wait(|request| request.download("*/*"))
        }
    };
    (@download $answer:tt) => {};

    (@pages ($item:ty, $($paging:tt)+) (json = $type:ty)) => {
        /// All items of the list: one page is asked for at a time, when those before it are taken.
        ///
        /// Ends after the last page, one without items, one that leads to a page that was there
        /// before, and after an error.
        pub fn stream(self) -> $crate::runtime::Items<$item> {
            $crate::runtime::Items::new::<$type>(
                self.request,
                $crate::runtime::Paging::$($paging)+,
            )
        }

        /// Like [`stream`](Self::stream), whole pages.
        pub fn pages(self) -> $crate::runtime::Pages<$type> {
            $crate::runtime::Pages::new(
                self.request,
                $crate::runtime::Paging::$($paging)+,
            )
        }
    };

    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[query($wire:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Query parameter `", stringify!($wire), "`."),
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.query::<$type>($wire, value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])?
        #[query_list($wire:literal, $style:ident)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Query parameter `", stringify!($wire), "`, any number of values."),
            $field(
                values: impl ::std::iter::IntoIterator<Item = impl $crate::runtime::Fill<$type>>
            ),
            |request| request.query_list::<$type>(
                $wire, values, $crate::runtime::ListStyle::$style
            )
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[query_json($wire:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Query parameter `", stringify!($wire), "`, as a JSON text."),
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.query_json::<$type>($wire, value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])?
        #[styled($wire:literal, $spot:ident, $style:ident, $explode:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Parameter `", stringify!($wire), "`."),
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.styled::<$type>(
                $crate::runtime::Spot::$spot, $wire, $crate::runtime::Style::$style, $explode, value
            )
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[header($wire:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Header `", stringify!($wire), "`."),
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.header::<$type>($wire, value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[json]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            "Body, as JSON.",
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.json::<$type>(value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[json($media:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Body, `", stringify!($media), "`."),
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.json_as::<$type>($media, value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])?
        #[form($($member:literal = $style:ident),* $(,)?)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            "Body, as a form.",
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.form::<$type>(
                &[$(($member, $crate::runtime::FormStyle::$style)),*], value
            )
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[one_of]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            "Body, in one of several media types.",
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.one_of::<$type>(value)
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])?
        #[multipart($($part:literal = $kind:tt),* $(,)?)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            "Body, as a form of parts.",
            $field(value: impl $crate::runtime::Fill<$type>),
            |request| request.multipart::<$type>(
                &[$(($part, $crate::runtime::operation!(@part $kind))),*], value
            )
        );
    };
    (@part $media:literal) => { $crate::runtime::PartKind::Typed($media) };
    (@part $style:ident) => {
        $crate::runtime::PartKind::Styled($crate::runtime::FormStyle::$style)
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[text($media:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Body, `", stringify!($media), "`."),
            $field(value: impl ::std::convert::Into<$type>),
            |request| request.text($media, value.into())
        );
    };
    (@setter {
        $(#[doc = $doc:expr])* $(#[deprecated $($deprecated:tt)*])? #[bytes($media:literal)]
    } $field:ident : $type:ty) => {
        $crate::runtime::operation!(
            @method { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
            concat!("Body, `", stringify!($media), "`."),
            $field(value: impl ::std::convert::Into<$type>),
            |request| request.bytes($media, value.into())
        );
    };

    (@method { $($attributes:tt)* } $note:expr,
        $field:ident($value:ident : $argument:ty), |$request:ident| $set:expr
    ) => {
        $($attributes)*
        #[doc = ""]
        #[doc = $note]
        pub fn $field(mut self, $value: $argument) -> Self {
            let $request = self.request;
            self.request = $set;
            self
        }
    };
}
pub(crate) use operation;
