//! Appends operations; the same operation with the same type and scale twice is one register. Bounds are followed as it goes.

use crate::exact::Exact;
use crate::kernel::{MAX_DAY, MIN_DAY};
use crate::program::{Bounds, Kind, MAX_FEN, MAX_ROWS, MAX_SCALE, Marginals, Meta, Op, Pick, Program, Reg, Rounding, Step, Type};
use std::collections::HashMap;

/// A program being built, with the type, scale and bounds of every register.
#[derive(Default)]
pub struct Builder {
    pub program: Program,
    pub metas: Vec<Meta>,
    known: HashMap<(Op, Kind, Type, i64), Reg>,
}

/// Bounds, scale for a fact of a type.
pub fn input_meta(ty: Type, options: usize) -> Meta {
    let (scale, lo, hi) = match ty {
        Type::YesNo => (1, 0, 1),
        Type::Choice(_) => (1, 0, options as i64 - 1),
        Type::Options => (1, 0, (1i64 << options.min(62)) - 1),
        Type::Party => (1, 0, i64::from(u32::MAX)),
        Type::Date => (1, MIN_DAY, MAX_DAY),
        Type::Level => (1, 0, 4),
        Type::Count => (1, 0, 1_000_000_000),
        Type::Share => (1_000_000, 0, 100_000_000),
        Type::Decimal => (1_000, 0, 1_000_000_000_000),
        Type::Score => (10_000, 0, 10_000_000),
        Type::Money => (1, 0, MAX_FEN),
    };
    Meta { ty, scale, bounds: Bounds::new(lo, hi) }
}

/// The scale of two numbers together; `None` when it gets too fine.
pub fn common_scale(a: i64, b: i64) -> Option<i64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b).filter(|scale| *scale <= MAX_SCALE)
}

impl Builder {
    pub fn meta(&self, reg: Reg) -> Meta {
        self.metas[reg as usize]
    }

    pub fn kind(&self, reg: Reg) -> Kind {
        self.program.steps[reg as usize].kind
    }

    /// Appends an operation whose result is `meta`; bounds beyond 64 bits make it answer "too large" at run time.
    pub fn push(&mut self, op: Op, kind: Kind, meta: Meta) -> Reg {
        // Type and scale belong to what an operation is: the 1 of 5% (1 of 20) is not the 1 of yes.
        let same = (op, kind, meta.ty, meta.scale);
        if let Some(reg) = self.known.get(&same) {
            return *reg;
        }
        let reg = self.metas.len() as Reg;
        let proven = meta.bounds.fits();
        self.program.steps.push(Step { op, kind, proven });
        self.metas.push(Meta { bounds: meta.bounds.held(), ..meta });
        self.known.insert(same, reg);
        reg
    }

    pub fn input(&mut self, kind: Kind, index: usize, meta: Meta) -> Reg {
        self.push(Op::Input(index as u32), kind, meta)
    }

    pub fn constant(&mut self, kind: Kind, ty: Type, scale: i64, value: i64) -> Reg {
        self.push(Op::Const(value), kind, Meta { ty, scale, bounds: Bounds::new(value, value) })
    }

    pub fn yes_no(&mut self, op: Op, kind: Kind) -> Reg {
        self.push(op, kind, Meta { ty: Type::YesNo, scale: 1, bounds: Bounds::new(0, 1) })
    }

    pub fn and(&mut self, a: Reg, b: Reg) -> Reg {
        self.yes_no(Op::And(a, b), self.kind(a))
    }

    pub fn or(&mut self, a: Reg, b: Reg) -> Reg {
        self.yes_no(Op::Or(a, b), self.kind(a))
    }

    pub fn not(&mut self, a: Reg) -> Reg {
        self.yes_no(Op::Not(a), self.kind(a))
    }

    pub fn holds(&mut self, a: Reg) -> Reg {
        self.yes_no(Op::Holds(a), self.kind(a))
    }

    pub fn all(&mut self, kind: Kind, regs: &[Reg]) -> Reg {
        let yes = self.constant(kind, Type::YesNo, 1, 1);
        let mut rest = regs.iter().copied();
        let first = rest.next().unwrap_or(yes);
        rest.fold(first, |all, reg| self.and(all, reg))
    }

    /// Whether `test` holds or `when` says it does not apply.
    pub fn unless(&mut self, when: Option<Reg>, test: Reg) -> Reg {
        match when {
            None => test,
            Some(when) => {
                let idle = self.not(when);
                self.or(idle, test)
            }
        }
    }

    /// The number at a finer scale.
    pub fn rescaled(&mut self, reg: Reg, scale: i64) -> Reg {
        let meta = self.meta(reg);
        if meta.scale == scale {
            return reg;
        }
        let by = scale / meta.scale;
        let bounds = Bounds::new(meta.bounds.lo * i128::from(by), meta.bounds.hi * i128::from(by));
        self.push(Op::Times(reg, by), self.kind(reg), Meta { scale, bounds, ..meta })
    }

    /// Both numbers at one scale; `None` when it gets too fine.
    pub fn aligned(&mut self, a: Reg, b: Reg) -> Option<(Reg, Reg, i64)> {
        let scale = common_scale(self.meta(a).scale, self.meta(b).scale)?;
        Some((self.rescaled(a, scale), self.rescaled(b, scale), scale))
    }

    pub fn add(&mut self, a: Reg, b: Reg, ty: Type, scale: i64) -> Reg {
        let (x, y) = (self.meta(a).bounds, self.meta(b).bounds);
        let bounds = Bounds::new(x.lo + y.lo, x.hi + y.hi);
        self.push(Op::Add(a, b), self.kind(a), Meta { ty, scale, bounds })
    }

    pub fn sub(&mut self, a: Reg, b: Reg, ty: Type, scale: i64) -> Reg {
        let (x, y) = (self.meta(a).bounds, self.meta(b).bounds);
        let bounds = Bounds::new(x.lo - y.hi, x.hi - y.lo);
        self.push(Op::Sub(a, b), self.kind(a), Meta { ty, scale, bounds })
    }

    pub fn mul(&mut self, a: Reg, b: Reg, ty: Type) -> Option<Reg> {
        let (x, y) = (self.meta(a), self.meta(b));
        let scale = x.scale.checked_mul(y.scale).filter(|scale| *scale <= MAX_SCALE)?;
        let corners = [x.bounds.lo * y.bounds.lo, x.bounds.lo * y.bounds.hi, x.bounds.hi * y.bounds.lo, x.bounds.hi * y.bounds.hi];
        let bounds = Bounds { lo: min_of(&corners), hi: max_of(&corners) };
        Some(self.push(Op::Mul(a, b), self.kind(a), Meta { ty, scale, bounds }))
    }

    pub fn extreme(&mut self, smaller: bool, a: Reg, b: Reg, ty: Type, scale: i64) -> Reg {
        let (x, y) = (self.meta(a).bounds, self.meta(b).bounds);
        let (op, bounds) = if smaller {
            (Op::Min(a, b), Bounds { lo: x.lo.min(y.lo), hi: x.hi.min(y.hi) })
        } else {
            (Op::Max(a, b), Bounds { lo: x.lo.max(y.lo), hi: x.hi.max(y.hi) })
        };
        self.push(op, self.kind(a), Meta { ty, scale, bounds })
    }

    fn either(&self, a: Reg, b: Reg) -> Meta {
        let (x, y) = (self.meta(a), self.meta(b));
        Meta { bounds: Bounds { lo: x.bounds.lo.min(y.bounds.lo), hi: x.bounds.hi.max(y.bounds.hi) }, ..x }
    }

    pub fn select(&mut self, condition: Reg, then: Reg, otherwise: Reg, ty: Type) -> Reg {
        let meta = Meta { ty, ..self.either(then, otherwise) };
        self.push(Op::Select(condition, then, otherwise), self.kind(then), meta)
    }

    pub fn first_known(&mut self, a: Reg, b: Reg, ty: Type) -> Reg {
        let meta = Meta { ty, ..self.either(a, b) };
        self.push(Op::FirstKnown(a, b), self.kind(a), meta)
    }

    pub fn known(&mut self, a: Reg) -> Reg {
        self.yes_no(Op::Known(a), self.kind(a))
    }

    pub fn quotient(&mut self, a: Reg, by: i64, how: Rounding, ty: Type) -> Reg {
        let Bounds { lo, hi } = self.meta(a).bounds;
        let by_wide = i128::from(by);
        let bounds = Bounds { lo: lo.div_euclid(by_wide), hi: hi.div_euclid(by_wide) + 1 };
        self.push(Op::Quotient(a, by, how), self.kind(a), Meta { ty, scale: 1, bounds })
    }

    /// The row's parent's value, and so on up to `kind`'s own row.
    pub fn lifted(&mut self, reg: Reg, kind: Kind) -> Reg {
        let from = self.kind(reg);
        if from == kind {
            return reg;
        }
        let parent = self.program.parents[kind as usize];
        let above = self.lifted(reg, parent);
        self.push(Op::Up(above), kind, self.meta(above))
    }

    /// Whether rows of `kind` stand below rows of `above` (or are the same).
    pub fn is_below(&self, kind: Kind, above: Kind) -> bool {
        kind == above || (kind != 0 && self.is_below(self.program.parents[kind as usize], above))
    }

    /// Summed over the rows of its kind up to a row of `kind`.
    pub fn summed(&mut self, reg: Reg, kind: Kind) -> Reg {
        let own = self.kind(reg);
        if own == kind {
            return reg;
        }
        let meta = self.meta(reg);
        let rows = MAX_ROWS as i128;
        let ty = if meta.ty == Type::YesNo { Type::Count } else { meta.ty };
        let bounds = Bounds { lo: (meta.bounds.lo * rows).min(0), hi: (meta.bounds.hi * rows).max(0) };
        let parent = self.program.parents[own as usize];
        let sum = self.push(Op::Sum(reg), parent, Meta { ty, bounds, ..meta });
        // A case has at most MAX_ROWS rows of a kind however they nest, so deeper sums keep the first one's bounds.
        self.metas[sum as usize].bounds = bounds.held();
        let total = self.summed(sum, kind);
        self.metas[total as usize].bounds = bounds.held();
        total
    }

    pub fn pick(&mut self, reg: Reg, lo: i64, gives: Vec<i64>, ty: Type, scale: i64) -> Reg {
        let bounds = Bounds::new(gives.iter().copied().min().unwrap_or(0), gives.iter().copied().max().unwrap_or(0));
        let id = interned(&mut self.program.tables.picks, Pick { lo, gives });
        self.push(Op::Pick(reg, id), self.kind(reg), Meta { ty, scale, bounds })
    }

    pub fn slot(&mut self, reg: Reg, starts: Vec<i64>) -> Reg {
        let bounds = Bounds::new(0, starts.len() as i64 - 1);
        let id = interned(&mut self.program.tables.axes, starts);
        self.push(Op::Slot(reg, id), self.kind(reg), Meta { ty: Type::Count, scale: 1, bounds })
    }

    pub fn marks(&mut self, reg: Reg, gives: Vec<i64>, scale: i64) -> Reg {
        let bounds = Bounds::new(0, gives.iter().sum::<i64>());
        let id = interned(&mut self.program.tables.picks, Pick { lo: 0, gives });
        self.push(Op::Marks(reg, id), self.kind(reg), Meta { ty: Type::Score, scale, bounds })
    }

    pub fn band(&mut self, part: Reg, whole: Reg, bands: Vec<(i64, i64, bool)>, ty: Type) -> Reg {
        let bounds = Bounds::new(0, bands.len() as i64 - 1);
        let id = interned(&mut self.program.tables.bands, bands);
        self.push(Op::Band(part, whole, id), self.kind(part), Meta { ty, scale: 1, bounds })
    }

    pub fn marginal(&mut self, reg: Reg, bands: Marginals, ty: Type, share_scale: i64) -> Option<Reg> {
        let meta = self.meta(reg);
        let scale = meta.scale.checked_mul(share_scale).filter(|scale| *scale <= MAX_SCALE)?;
        let steepest = i128::from(bands.iter().map(|(_, share)| *share).max().unwrap_or(0));
        let bounds = Bounds::new(0, meta.bounds.hi.max(0) * steepest);
        let id = interned(&mut self.program.tables.marginals, bands);
        Some(self.push(Op::Marginal(reg, id), self.kind(reg), Meta { ty, scale, bounds }))
    }

    /// An exact number as a constant of its own scale; `None` when it is too fine or too large.
    pub fn exact(&mut self, kind: Kind, ty: Type, exact: Exact) -> Option<Reg> {
        let scale = i64::try_from(exact.denominator()).ok().filter(|scale| *scale <= MAX_SCALE)?;
        Some(self.constant(kind, ty, scale, exact.scaled(scale)?))
    }
}

fn interned<T: PartialEq>(all: &mut Vec<T>, new: T) -> u32 {
    let at = all.iter().position(|known| *known == new).unwrap_or_else(|| {
        all.push(new);
        all.len() - 1
    });
    at as u32
}

fn min_of(all: &[i128]) -> i128 {
    all.iter().copied().min().unwrap_or(0)
}

fn max_of(all: &[i128]) -> i128 {
    all.iter().copied().max().unwrap_or(0)
}
