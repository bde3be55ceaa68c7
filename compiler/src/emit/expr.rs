//! Scalar expressions as Rust expressions.
//!
//! Values of plain bits are passed by value, texts and the like by reference (`&str`, `&Json`, `&Bytes`); what may be NULL is an
//! `Option` of that. A fallible expression uses `?` on `Result<_, EvalError>`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::literal;
use super::types::rust_type;
use crate::algebra::{CompareOp, Expr, ExprKind};
use crate::catalog::Catalog;
use crate::functions::{self, Function, Generics};
use crate::types::Type;

/// A Rust expression for an SQL value.
#[derive(Clone)]
pub(crate) struct Code {
    /// The expression: of the value itself if it is plain bits or `owned`, otherwise of a reference to it.
    pub tokens: TokenStream,
    /// Its SQL type.
    pub ty: Type,
    /// Whether it is an `Option`.
    pub nullable: bool,
    /// Whether `tokens` is an owned value though the type is not plain bits.
    pub owned: bool,
    /// For a reference, how to get an owned value from where it lives.
    pub clone: Option<TokenStream>,
}

impl Code {
    /// A field of a row or another place.
    pub(crate) fn place(place: TokenStream, ty: Type, nullable: bool) -> Code {
        if ty.is_copy() {
            return Code { tokens: place, ty, nullable, owned: false, clone: None };
        }
        let tokens = match (ty, nullable) {
            (ty, false) if ty.is_string() => quote!(#place.as_str()),
            (ty, true) if ty.is_string() => quote!(#place.as_deref()),
            (_, false) => quote!(&#place),
            (_, true) => quote!(#place.as_ref()),
        };
        Code { tokens, ty, nullable, owned: false, clone: Some(quote!(#place.clone())) }
    }

    /// A value computed by an expression that owns it.
    fn value(tokens: TokenStream, ty: Type, nullable: bool) -> Code {
        Code { tokens, ty, nullable, owned: !ty.is_copy(), clone: None }
    }

    /// The code of a function's result that is an `Option` itself.
    fn flattened(self) -> Code {
        let tokens = self.tokens;
        let tokens = if self.nullable { quote!((#tokens).flatten()) } else { tokens };
        Code { tokens, nullable: true, ..self }
    }

    /// As a reference where the type is not plain bits. It lives to the end of the enclosing expression.
    fn by_ref(&self) -> TokenStream {
        let tokens = &self.tokens;
        match (self.owned, self.ty, self.nullable) {
            (false, ..) => tokens.clone(),
            (true, ty, false) if ty.is_string() => quote!((#tokens).as_str()),
            (true, ty, true) if ty.is_string() => quote!((#tokens).as_deref()),
            (true, _, false) => quote!(&(#tokens)),
            (true, _, true) => quote!((#tokens).as_ref()),
        }
    }

    /// As an owned value.
    pub(crate) fn into_owned(self) -> TokenStream {
        if self.owned || self.ty.is_copy() {
            return self.tokens;
        }
        if let Some(clone) = self.clone {
            return clone;
        }
        let tokens = self.tokens;
        match (self.ty, self.nullable) {
            (ty, false) if ty.is_string() => quote!(::cosmictron::Text::from(#tokens)),
            (ty, true) if ty.is_string() => quote!((#tokens).map(::cosmictron::Text::from)),
            (_, false) => quote!(::core::clone::Clone::clone(#tokens)),
            (_, true) => quote!((#tokens).cloned()),
        }
    }

    /// As an owned `Option` or an owned value, whichever is wanted. A value is wanted of an `Option` where a condition that
    /// has been tested before proves that it is one.
    pub(crate) fn into_owned_as(self, nullable: bool) -> TokenStream {
        let was_nullable = self.nullable;
        let tokens = self.into_owned();
        match (was_nullable, nullable) {
            (false, true) => quote!(Some(#tokens)),
            (true, false) => quote!(::cosmictron::operators::known(#tokens)),
            _ => tokens,
        }
    }

    /// As a part of an index's key, with `?` where it may be NULL. A CHAR is without its blanks.
    pub(crate) fn into_index_key(self, owned: bool) -> TokenStream {
        let nullable = self.nullable;
        let is_char = matches!(self.ty, Type::Char(_));
        let tokens = if owned && !is_char { self.into_owned() } else { self.by_ref() };
        let tokens = if nullable { quote!((#tokens)?) } else { tokens };
        match (is_char, owned) {
            (true, true) => quote!(::cosmictron::Text::from((#tokens).trim_end_matches(' '))),
            (true, false) => quote!((#tokens).trim_end_matches(' ')),
            (false, _) => tokens,
        }
    }

    /// As a Rust `bool` that is true only for SQL's true.
    pub(crate) fn is_true(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.nullable { quote!((#tokens) == Some(true)) } else { tokens.clone() }
    }

    /// As an `Option` that compares as SQL does: a CHAR without its blanks.
    fn comparable(&self, char_type: bool) -> TokenStream {
        let value = self.by_ref();
        match (self.nullable, char_type) {
            (true, true) => quote!((#value).map(|x| x.trim_end_matches(' '))),
            (true, false) => value,
            (false, _) => {
                let value = unpad(&value, char_type);
                quote!(Some(#value))
            }
        }
    }

    /// As an `Option<bool>`.
    fn as_option(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.nullable { tokens.clone() } else { quote!(Some(#tokens)) }
    }
}

/// Where the columns of an expression come from.
pub(crate) struct Scope<'a> {
    /// The catalog, for enums.
    pub catalog: &'a Catalog,
    /// The code of a column by position.
    pub column: &'a dyn Fn(usize) -> Code,
}

impl Scope<'_> {
    /// The code of an expression. The clock is the variable `now`, which only defaults of columns read.
    pub(crate) fn code(&self, expr: &Expr) -> Code {
        let Expr { ty, nullable, .. } = *expr;
        match &expr.kind {
            ExprKind::Column(c) => (self.column)(*c),
            ExprKind::Literal(l) => literal::code(self.catalog, l, ty),
            ExprKind::Now(_) => Code::value(quote!(now), ty, false),
            ExprKind::Call { function, args } => {
                let types: Vec<Type> = args.iter().map(|a| a.ty).collect();
                let path = function_path(self.catalog, function, &types, ty);
                let call = self.strict(args.iter(), ty, function.fallible, &|args| quote!(#path(#(#args),*)));
                if function.nullable { call.flattened() } else { call }
            }
            ExprKind::Cast(inner) => self.cast(inner, ty),
            ExprKind::Compare(op, left, right) => {
                let op = *op;
                let char_type = matches!(left.ty, Type::Char(_)) || matches!(right.ty, Type::Char(_));
                self.strict([&**left, &**right].into_iter(), Type::Boolean, false, &|args| {
                    let (l, r) = (unpad(&args[0], char_type), unpad(&args[1], char_type));
                    let op = compare_op(op);
                    quote!((#l #op #r))
                })
            }
            ExprKind::Distinct { negated, left, right } => self.distinct(*negated, left, right),
            ExprKind::And(parts) => self.junction(parts, false),
            ExprKind::Or(parts) => self.junction(parts, true),
            ExprKind::Not(inner) => {
                let inner = self.code(inner);
                let tokens = &inner.tokens;
                let tokens = if inner.nullable { quote!((#tokens).map(|x| !x)) } else { quote!((!#tokens)) };
                Code::value(tokens, ty, inner.nullable)
            }
            ExprKind::IsNull { negated, expr } => {
                let inner = self.code(expr);
                let tokens = &inner.tokens;
                let tokens = match (inner.nullable, negated) {
                    (true, false) => quote!((#tokens).is_none()),
                    (true, true) => quote!((#tokens).is_some()),
                    (false, negated) => quote!({ let _ = #tokens; #negated }),
                };
                Code::value(tokens, ty, false)
            }
            ExprKind::In { negated, expr, list } => self.membership(*negated, expr, list),
            ExprKind::Case { branches, otherwise } => {
                let last = match otherwise {
                    Some(e) => self.code(e).into_owned_as(nullable),
                    None => quote!(None),
                };
                let tokens = branches.iter().rev().fold(last, |rest, (condition, result)| {
                    let condition = self.code(condition).is_true();
                    let result = self.code(result).into_owned_as(nullable);
                    quote!(if #condition { #result } else { #rest })
                });
                Code::value(quote!((#tokens)), ty, nullable)
            }
            ExprKind::Coalesce(parts) => self.coalesce(parts, ty),
        }
    }

    /// A strict operation: NULL if an argument is, otherwise what `call` makes of the values.
    fn strict<'e>(
        &self,
        args: impl Iterator<Item = &'e Expr>,
        ty: Type,
        fallible: bool,
        call: &dyn Fn(&[TokenStream]) -> TokenStream,
    ) -> Code {
        let args: Vec<&Expr> = args.collect();
        let codes: Vec<Code> = args.iter().map(|a| self.code(a)).collect();
        let any_null = codes.iter().any(|c| c.nullable);
        let (mut sought, mut patterns, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (arg, code)) in args.iter().zip(&codes).enumerate() {
            let (value, name) = (code.by_ref(), format_ident!("x{at}"));
            // An argument that fails does so even where another one is NULL.
            if code.nullable || (any_null && arg.can_fail()) {
                sought.push(if code.nullable { value } else { quote!(Some(#value)) });
                patterns.push(quote!(Some(#name)));
                values.push(quote!(#name));
            } else {
                values.push(value);
            }
        }
        let mut result = call(&values);
        if fallible {
            result = quote!(#result?);
        }
        if sought.is_empty() {
            return Code::value(result, ty, false);
        }
        let tokens = match (sought.as_slice(), patterns.as_slice()) {
            ([one], [pattern]) => quote!((match #one { #pattern => Some(#result), None => None })),
            _ => quote!((match (#(#sought),*) { (#(#patterns),*) => Some(#result), _ => None })),
        };
        Code::value(tokens, ty, true)
    }

    fn cast(&self, inner: &Expr, ty: Type) -> Code {
        let Some(cast) = functions::cast(inner.ty, ty) else {
            // The value is represented in the same way.
            return Code { ty, ..self.code(inner) };
        };
        let path = function_path(self.catalog, cast.function, &[inner.ty], ty);
        self.strict([inner].into_iter(), ty, cast.function.fallible, &|args| quote!(#path(#(#args),*)))
    }

    fn distinct(&self, negated: bool, left: &Expr, right: &Expr) -> Code {
        let char_type = matches!(left.ty, Type::Char(_)) || matches!(right.ty, Type::Char(_));
        let (left, right) = (self.code(left), self.code(right));
        let op = if negated { quote!(==) } else { quote!(!=) };
        let (l, r) = (left.comparable(char_type), right.comparable(char_type));
        Code::value(quote!((#l #op #r)), Type::Boolean, false)
    }

    /// AND, and with `or` its dual: evaluated from the left until one part decides.
    fn junction(&self, parts: &[Expr], or: bool) -> Code {
        let codes: Vec<Code> = parts.iter().map(|p| self.code(p)).collect();
        if !codes.iter().any(|c| c.nullable) {
            let parts = codes.iter().map(|c| &c.tokens);
            let tokens = if or { quote!((#(#parts)||*)) } else { quote!((#(#parts)&&*)) };
            return Code::value(tokens, Type::Boolean, false);
        }
        let mut codes = codes.into_iter().rev();
        let last = codes.next().map_or(quote!(Some(!#or)), |c| c.as_option());
        let tokens = codes.fold(last, |rest, part| {
            let part = part.as_option();
            quote!(match #part {
                Some(#or) => Some(#or),
                left => match #rest {
                    Some(#or) => Some(#or),
                    Some(_) => left,
                    None => None,
                },
            })
        });
        let tokens = quote!((#tokens));
        Code::value(tokens, Type::Boolean, true)
    }

    fn membership(&self, negated: bool, expr: &Expr, list: &[Expr]) -> Code {
        let char_type = matches!(expr.ty, Type::Char(_));
        let sought = self.code(expr);
        let items: Vec<Code> = list.iter().map(|e| self.code(e)).collect();
        let not = negated.then(|| quote!(!));
        if !sought.nullable && !items.iter().any(|i| i.nullable) {
            let value = unpad(&sought.by_ref(), char_type);
            let items = items.iter().map(|i| unpad(&i.by_ref(), char_type));
            return Code::value(quote!((#not [#(#items),*].contains(&#value))), Type::Boolean, false);
        }
        let value = sought.comparable(char_type);
        let items = items.iter().map(|item| item.comparable(char_type));
        let tokens = quote!(::cosmictron::operators::is_in(#value, &[#(#items),*]));
        let tokens = if negated { quote!(#tokens.map(|x| !x)) } else { tokens };
        Code::value(tokens, Type::Boolean, true)
    }

    fn coalesce(&self, parts: &[Expr], ty: Type) -> Code {
        let codes: Vec<Code> = parts.iter().map(|p| self.code(p)).collect();
        // What stands behind a part that is never NULL is never reached.
        let reached = codes.iter().position(|c| !c.nullable).map_or(codes.len(), |at| at + 1);
        let nullable = codes[..reached].iter().all(|c| c.nullable);
        let mut codes = codes.into_iter().take(reached).rev();
        let last = codes.next().map_or(quote!(None), Code::into_owned);
        let tokens = codes.fold(last, |rest, part| {
            let part = part.into_owned();
            let found = if nullable { quote!(Some(x)) } else { quote!(x) };
            quote!(match #part { Some(x) => #found, None => #rest })
        });
        Code::value(quote!((#tokens)), ty, nullable)
    }
}

fn unpad(value: &TokenStream, char_type: bool) -> TokenStream {
    if char_type { quote!((#value).trim_end_matches(' ')) } else { value.clone() }
}

fn compare_op(op: CompareOp) -> TokenStream {
    match op {
        CompareOp::Eq => quote!(==),
        CompareOp::Ne => quote!(!=),
        CompareOp::Lt => quote!(<),
        CompareOp::Le => quote!(<=),
        CompareOp::Gt => quote!(>),
        CompareOp::Ge => quote!(>=),
    }
}

fn scale(ty: Type) -> Option<u8> {
    match ty {
        Type::Decimal { scale, .. } => Some(scale),
        _ => None,
    }
}

/// The path of a runtime function with its generics.
fn function_path(catalog: &Catalog, function: &Function, args: &[Type], result: Type) -> TokenStream {
    let segments = function.rust.split("::").map(|s| Ident::new(s, Span::call_site()));
    let path = quote!(::cosmictron::sql::#(#segments)::*);
    let generics = match (function.generics, result) {
        (Generics::Scale, _) => {
            let scale = scale(result).or_else(|| args.iter().find_map(|a| scale(*a)));
            quote!(#scale)
        }
        (Generics::Scales, _) => {
            let scales = args.iter().filter_map(|a| scale(*a)).chain(scale(result));
            quote!(#(#scales),*)
        }
        (Generics::PrecisionAndScale, Type::Decimal { precision, scale }) => quote!(#precision, #scale),
        (Generics::Length, Type::Char(n)) => quote!(#n),
        (Generics::Result, ty) => rust_type(catalog, ty),
        (Generics::None | Generics::PrecisionAndScale | Generics::Length, _) => return path,
    };
    quote!(#path::<#generics>)
}

/// The Rust type of an expression's owned value.
pub(crate) fn owned_type(catalog: &Catalog, expr: &Expr) -> TokenStream {
    let ty = rust_type(catalog, expr.ty);
    if expr.nullable { quote!(Option<#ty>) } else { ty }
}
