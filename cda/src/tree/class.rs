//! The form in which the classes of the standard are declared: one table per class says its
//! attributes and elements, in the order of the schema; reading and writing follow from it.

/// A struct read from and written to one element, field by field.
macro_rules! structure {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( fixed { $( $fixed:literal = $fixed_value:literal ),+ $(,)? } )?
            $( skip { $( $skip:expr ),+ $(,)? } )?
            $( attributes { $( $(#[$attribute_meta:meta])* pub $attribute:ident : $attribute_type:ty = $attribute_name:literal , )* } )?
            $( extension_attributes { $( $(#[$extension_meta:meta])* pub $extension:ident : $extension_type:ty = $extension_name:expr , )* } )?
            $( elements { $( $(#[$element_meta:meta])* pub $element:ident : $element_type:ty = $element_name:expr , )* } )?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(default, deny_unknown_fields)
        )]
        pub struct $name {
            $( $(
                $(#[$attribute_meta])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::tree::is_default"))]
                pub $attribute: $attribute_type,
            )* )?
            $( $(
                $(#[$extension_meta])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::tree::is_default"))]
                pub $extension: $extension_type,
            )* )?
            $( $(
                $(#[$element_meta])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::tree::is_default"))]
                pub $element: $element_type,
            )* )?
        }

        impl $crate::tree::CdaValue for $name {
            fn read_from(node: segur_xml::Node<'_>, reader: &mut $crate::tree::Reader) -> Self {
                let mut value = Self::default();
                value.read_into(node, reader);
                value
            }

            #[allow(unused_mut, unused_variables, unused_assignments, clippy::never_loop)]
            fn read_into(&mut self, node: segur_xml::Node<'_>, reader: &mut $crate::tree::Reader) {
                'attributes: for attribute in node.attributes() {
                    let local = attribute.local_name();
                    if attribute.namespace().is_empty() {
                        $( $( if local == $attribute_name {
                            $crate::tree::AttributeSlot::take(&mut self.$attribute, attribute, reader);
                            continue 'attributes;
                        } )* )?
                        $( $( if local == $fixed {
                            if attribute.value() != $fixed_value {
                                reader.attribute(
                                    $crate::tree::ToleranceKind::FixedAttribute,
                                    attribute,
                                    Some($fixed_value),
                                );
                            }
                            continue 'attributes;
                        } )+ )?
                    } else if attribute.namespace() == $crate::tree::XSI {
                        continue 'attributes;
                    }
                    $( $( {
                        let tag: $crate::tree::Tag = $extension_name;
                        if attribute.namespace() == tag.namespace && local == tag.local {
                            $crate::tree::AttributeSlot::take(&mut self.$extension, attribute, reader);
                            continue 'attributes;
                        }
                    } )* )?
                    reader.unknown_attribute(attribute);
                }
                $(
                    struct Seen { $( $element: usize, )* }
                    let mut seen = Seen { $( $element: 0, )* };
                    let mut last = 0_usize;
                )?
                'children: for child in node.children() {
                    match child.kind() {
                        segur_xml::NodeKind::Element => {}
                        segur_xml::NodeKind::Text => {
                            if !child.is_blank() {
                                reader.element($crate::tree::ToleranceKind::UnexpectedText, node, None);
                            }
                            continue 'children;
                        }
                        _ => continue 'children,
                    }
                    let name = $crate::tree::Name::of(child);
                    $(
                        let mut rank = 0_usize;
                        $(
                            rank += 1;
                            if <$element_type as $crate::tree::Slot>::accepts($element_name, name) {
                                if rank < last {
                                    reader.element($crate::tree::ToleranceKind::Order, child, None);
                                } else {
                                    last = rank;
                                }
                                $crate::tree::Slot::take(&mut self.$element, child, seen.$element, reader);
                                seen.$element += 1;
                                continue 'children;
                            }
                        )*
                    )?
                    $( $( {
                        if name.is($skip) {
                            continue 'children;
                        }
                    } )+ )?
                    reader.unknown_element(child);
                }
                $( $(
                    if <$element_type as $crate::tree::Slot>::MANDATORY
                        && seen.$element == 0
                        && node.attribute("nullFlavor").is_none()
                    {
                        let expected: $crate::tree::Tag = $element_name;
                        let expected = (!expected.local.is_empty()).then_some(expected.local);
                        reader.element($crate::tree::ToleranceKind::Missing, node, expected);
                    }
                )* )?
            }

            fn write_to<'a>(&'a self, element: &mut $crate::tree::Element<'a>) {
                $( $(
                    if let Some(text) = $crate::tree::AttributeSlot::text(&self.$attribute) {
                        element.set($attribute_name, text);
                    }
                )* )?
                $( $(
                    if let Some(text) = $crate::tree::AttributeSlot::text(&self.$extension) {
                        let tag: $crate::tree::Tag = $extension_name;
                        element.attributes.push($crate::tree::Attribute {
                            namespace: tag.namespace.into(),
                            local: tag.local.into(),
                            value: $crate::tree::AttributeValue::Text(text),
                        });
                    }
                )* )?
                $( $( $crate::tree::Slot::write_into(&self.$element, $element_name, element); )* )?
            }
        }

        /// Shows the shape of the value, not what it says of a person.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::tree::fmt_shape(
                    &$crate::tree::CdaValue::to_element(self, $crate::tree::v3(stringify!($name))),
                    f,
                )
            }
        }
    };
}

/// A data type: a structure with `nullFlavor`.
macro_rules! datatype {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( fixed { $( $fixed:literal = $fixed_value:literal ),+ $(,)? } )?
            $( attributes { $($attributes:tt)* } )?
            $( extension_attributes { $($extensions:tt)* } )?
            $( elements { $($elements:tt)* } )?
        }
    ) => {
        $crate::tree::structure! {
            $(#[$meta])*
            pub struct $name {
                $( fixed { $( $fixed = $fixed_value ),+ } )?
                attributes {
                    /// Why the value is not given (`nullFlavor`).
                    pub null_flavor: Option<$crate::datatypes::NullFlavor> = "nullFlavor",
                    $( $($attributes)* )?
                }
                $( extension_attributes { $($extensions)* } )?
                $( elements { $($elements)* } )?
            }
        }
    };
}

/// A class of the CDA model: a structure with `nullFlavor` and `templateId`.
macro_rules! class {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( fixed { $( $fixed:literal = $fixed_value:literal ),+ $(,)? } )?
            $( attributes { $($attributes:tt)* } )?
            $( elements { $($elements:tt)* } )?
        }
    ) => {
        $crate::tree::structure! {
            $(#[$meta])*
            pub struct $name {
                $( fixed { $( $fixed = $fixed_value ),+ } )?
                attributes {
                    /// Why the information is not given (`nullFlavor`).
                    pub null_flavor: Option<$crate::datatypes::NullFlavor> = "nullFlavor",
                    $( $($attributes)* )?
                }
                elements {
                    /// Templates that the element claims to follow (`templateId`).
                    pub template_ids: Vec<$crate::datatypes::Ii> = $crate::tree::v3("templateId"),
                    $( $($elements)* )?
                }
            }
        }
    };
}

/// A choice between elements of different names.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident($type:ty) = $tag:expr, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(rename_all = "snake_case")
        )]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "plain structs are easier to fill than boxes")]
        pub enum $name {
            $( $(#[$variant_meta])* $variant($type), )+
        }

        impl $name {
            fn has_name(name: $crate::tree::Name<'_>) -> bool {
                let tags: &[$crate::tree::Tag] = &[ $( $tag ),+ ];
                tags.iter().any(|tag| name.is(*tag))
            }

            fn read_choice(
                node: segur_xml::Node<'_>,
                reader: &mut $crate::tree::Reader,
            ) -> Option<Self> {
                if !reader.enter(node) {
                    return None;
                }
                let name = $crate::tree::Name::of(node);
                $( {
                    if name.is($tag) {
                        let mut value = <$type>::default();
                        $crate::tree::CdaValue::read_into(&mut value, node, reader);
                        reader.leave();
                        return Some(Self::$variant(value));
                    }
                } )+
                reader.leave();
                None
            }

            fn write_choice<'a>(&'a self, parent: &mut $crate::tree::Element<'a>) {
                let element = match self {
                    $( Self::$variant(value) => $crate::tree::CdaValue::to_element(value, $tag), )+
                };
                parent.children.push($crate::tree::Content::Element(element));
            }
        }

        impl $crate::tree::Slot for $name {
            const MANDATORY: bool = true;

            fn accepts(_tag: $crate::tree::Tag, name: $crate::tree::Name<'_>) -> bool {
                Self::has_name(name)
            }

            fn take(
                &mut self,
                node: segur_xml::Node<'_>,
                seen: usize,
                reader: &mut $crate::tree::Reader,
            ) {
                if seen > 0 {
                    reader.element($crate::tree::ToleranceKind::Repeated, node, None);
                } else if let Some(value) = Self::read_choice(node, reader) {
                    *self = value;
                }
            }

            fn write_into<'a>(&'a self, _tag: $crate::tree::Tag, parent: &mut $crate::tree::Element<'a>) {
                self.write_choice(parent);
            }
        }

        impl $crate::tree::Slot for Option<$name> {
            const MANDATORY: bool = false;

            fn accepts(_tag: $crate::tree::Tag, name: $crate::tree::Name<'_>) -> bool {
                $name::has_name(name)
            }

            fn take(
                &mut self,
                node: segur_xml::Node<'_>,
                seen: usize,
                reader: &mut $crate::tree::Reader,
            ) {
                if seen > 0 {
                    reader.element($crate::tree::ToleranceKind::Repeated, node, None);
                } else {
                    *self = $name::read_choice(node, reader);
                }
            }

            fn write_into<'a>(&'a self, _tag: $crate::tree::Tag, parent: &mut $crate::tree::Element<'a>) {
                if let Some(value) = self {
                    value.write_choice(parent);
                }
            }
        }
    };
}

pub(crate) use {choice, class, datatype, structure};
