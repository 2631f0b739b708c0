//! Regular expressions of POSIX, basic and extended, with what GNU adds to them: `\w`, `\b` and their like. The longest of
//! the first matches is found, as POSIX asks. Without groups that are referred to, so a line is read once, however the
//! expression is made. The crate `regex-lite` takes the first of several alternatives and not the longest (`echo aaa | grep -oE 'a|aa'`),
//! ignores case in ASCII alone, and costs 16 kB with brotli.

/// How large an expression may become.
const MOST: usize = 20_000;

/// How deep groups may be in each other.
const DEPTH: usize = 50;

/// An expression that is ready to be looked for.
pub(crate) struct Pattern {
    program: Vec<Op>,
    ignore_case: bool,
}

/// What is done at a place of the program, of which several places are looked at at once.
#[derive(Debug, Clone)]
enum Op {
    /// One character of these, and on.
    One(Set),
    /// On at both places.
    Split(usize, usize),
    Jump(usize),
    /// On, where this is so.
    If(Place),
    Found,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Start,
    End,
    Edge,
    NoEdge,
    WordStart,
    WordEnd,
}

#[derive(Debug, Clone)]
enum Set {
    Any,
    Only(char),
    /// Ranges and classes; whether it is all but these.
    Of(Vec<Member>, bool),
}

#[derive(Debug, Clone)]
enum Member {
    Range(char, char),
    Class(&'static str),
    Word(bool),
    Space(bool),
}

const CLASSES: [&str; 12] = [
    "alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct", "print", "graph", "cntrl",
    "xdigit",
];

impl Member {
    fn has(&self, c: char) -> bool {
        match self {
            Self::Range(first, last) => (*first..=*last).contains(&c),
            Self::Word(is) => is_word(c) == *is,
            Self::Space(is) => c.is_whitespace() == *is,
            Self::Class(class) => match *class {
                "alpha" => c.is_alphabetic(),
                "digit" => c.is_ascii_digit(),
                "alnum" => c.is_alphanumeric(),
                "upper" => c.is_uppercase(),
                "lower" => c.is_lowercase(),
                "space" => c.is_whitespace(),
                "blank" => matches!(c, ' ' | '\t'),
                "punct" => c.is_ascii_punctuation(),
                "print" => !c.is_control(),
                "graph" => !c.is_control() && !c.is_whitespace(),
                "cntrl" => c.is_control(),
                _ => c.is_ascii_hexdigit(),
            },
        }
    }
}

impl Set {
    fn has(&self, c: char, ignore_case: bool) -> bool {
        let one = |c: char| match self {
            Self::Any => true,
            Self::Only(only) => *only == c,
            Self::Of(members, _) => members.iter().any(|member| member.has(c)),
        };
        let lower = || c.to_lowercase().next().unwrap_or(c);
        let upper = || c.to_uppercase().next().unwrap_or(c);
        let found = one(c) || (ignore_case && (one(lower()) || one(upper())));
        found != matches!(self, Self::Of(_, true))
    }
}

/// Whether a character is one of a class such as `digit`; false where there is no such class.
pub(crate) fn is_in_class(class: &str, c: char) -> bool {
    CLASSES.into_iter().find(|it| *it == class).is_some_and(|class| Member::Class(class).has(c))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Pattern {
    /// Reads an expression: basic, or extended.
    ///
    /// # Errors
    /// It is none; what grep says of it.
    pub(crate) fn read(text: &str, extended: bool, ignore_case: bool) -> Result<Self, &'static str> {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader { chars: &chars, at: 0, extended, depth: 0 };
        let mut program = reader.choice()?;
        program.push(Op::Found);
        if program.len() > MOST {
            Err("Regular expression too big")
        } else {
            Ok(Self { program, ignore_case })
        }
    }

    /// A text as it is.
    pub(crate) fn plain(text: &str, ignore_case: bool) -> Self {
        let program = text.chars().map(|c| Op::One(Set::Only(c))).chain([Op::Found]).collect();
        Self { program, ignore_case }
    }

    /// The first place from a place on where it is found, and as much as fits there: from and to, counted in characters.
    pub(crate) fn find(&self, line: &[char], from: usize) -> Option<(usize, usize)> {
        (from..=line.len()).find_map(|start| self.longest(line, start, |_| true).map(|end| (start, end)))
    }

    /// Where the longest that fits at a place ends, of those ends that will do.
    pub(crate) fn longest(
        &self,
        line: &[char],
        start: usize,
        will_do: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut found = None;
        let mut here = vec![false; self.program.len()];
        self.follow(&mut here, 0, line, start);
        for at in start..=line.len() {
            let mut next = vec![false; self.program.len()];
            let mut any = false;
            for (place, _) in here.iter().enumerate().filter(|(_, here)| **here) {
                match (&self.program[place], line.get(at)) {
                    (Op::Found, _) if will_do(at) => found = Some(at),
                    (Op::One(set), Some(c)) if set.has(*c, self.ignore_case) => {
                        self.follow(&mut next, place + 1, line, at + 1);
                        any = true;
                    }
                    _ => {}
                }
            }
            if !any {
                break;
            }
            here = next;
        }
        found
    }

    /// Marks all places that can be come to without a character.
    fn follow(&self, marked: &mut [bool], place: usize, line: &[char], at: usize) {
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if std::mem::replace(&mut marked[place], true) {
                continue;
            }
            match &self.program[place] {
                Op::Split(one, other) => open.extend([*one, *other]),
                Op::Jump(to) => open.push(*to),
                Op::If(condition) if holds(*condition, line, at) => open.push(place + 1),
                _ => {}
            }
        }
    }
}

fn holds(place: Place, line: &[char], at: usize) -> bool {
    let before = at > 0 && is_word(line[at - 1]);
    let after = line.get(at).copied().is_some_and(is_word);
    match place {
        Place::Start => at == 0,
        Place::End => at == line.len(),
        Place::Edge => before != after,
        Place::NoEdge => before == after,
        Place::WordStart => !before && after,
        Place::WordEnd => before && !after,
    }
}

type Program = Result<Vec<Op>, &'static str>;

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    extended: bool,
    depth: usize,
}

impl Reader<'_> {
    /// Whether an operator stands here, which in a basic expression has a backslash before it.
    fn operator(&self, sign: char) -> bool {
        let rest = &self.chars[self.at..];
        if self.extended { rest.first() == Some(&sign) } else { rest.starts_with(&['\\', sign]) }
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.operator(sign);
        self.at += if !found { 0 } else { 2 - usize::from(self.extended) };
        found
    }

    fn choice(&mut self) -> Program {
        let mut left = self.sequence()?;
        while self.takes('|') {
            let right = self.sequence()?;
            let (one, other) = (left.len(), right.len());
            let mut program = vec![Op::Split(1, one + 2)];
            program.extend(moved(left, 1));
            program.push(Op::Jump(one + 2 + other));
            program.extend(moved(right, one + 2));
            left = program;
        }
        Ok(left)
    }

    fn sequence(&mut self) -> Program {
        let mut program = Vec::new();
        let mut first = true;
        while self.at < self.chars.len() && !self.operator('|') && !(self.depth > 0 && self.operator(')')) {
            let one = self.one(first)?;
            first = false;
            let repeated = self.repeated(one)?;
            program.extend(moved(repeated, program.len()));
            if program.len() > MOST {
                return Err("Regular expression too big");
            }
        }
        Ok(program)
    }

    /// Something, and how often: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`
    fn repeated(&mut self, mut one: Vec<Op>) -> Program {
        loop {
            let (least, most) = if self.chars.get(self.at) == Some(&'*') {
                self.at += 1;
                (0, None)
            } else if self.takes('+') {
                (1, None)
            } else if self.takes('?') {
                (0, Some(1))
            } else if let Some(bounds) = self.bounds()? {
                bounds
            } else {
                return Ok(one);
            };
            one = times(&one, least, most);
            if one.len() > MOST {
                return Err("Regular expression too big");
            }
        }
    }

    fn bounds(&mut self) -> Result<Option<(usize, Option<usize>)>, &'static str> {
        let start = self.at;
        if !self.takes('{') {
            return Ok(None);
        }
        let rest: String =
            self.chars[self.at..].iter().take_while(|c| c.is_ascii_digit() || **c == ',').collect();
        self.at += rest.chars().count();
        if !self.takes('}') {
            self.at = start;
            return if self.extended { Ok(None) } else { Err("Unmatched \\{") };
        }
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number <= 1000);
        let (least, most) = rest.split_once(',').unwrap_or((&rest, &rest));
        let least = if least.is_empty() && rest.contains(',') { Some(0) } else { number(least) };
        let bounds = match (least, most) {
            (Some(least), "") => Some((least, None)),
            (Some(least), most) => number(most).filter(|most| *most >= least).map(|most| (least, Some(most))),
            _ => None,
        };
        bounds.map(Some).ok_or("Invalid content of \\{\\}")
    }

    fn one(&mut self, first: bool) -> Program {
        if self.takes('(') {
            if self.depth == DEPTH {
                return Err("Regular expression too big");
            }
            self.depth += 1;
            let group = self.choice()?;
            self.depth -= 1;
            return if self.takes(')') { Ok(group) } else { Err("Unmatched ( or \\(") };
        }
        let c = self.chars[self.at];
        self.at += 1;
        let last =
            self.at == self.chars.len() || self.operator('|') || (self.depth > 0 && self.operator(')'));
        let op = match c {
            '.' => Op::One(Set::Any),
            '[' => Op::One(self.brackets()?),
            '^' if self.extended || first => Op::If(Place::Start),
            '$' if self.extended || last => Op::If(Place::End),
            // What nothing stands before is repeated no times: an extended expression begins with it.
            '*' | '+' | '?' if self.extended && first => return Ok(Vec::new()),
            '\\' => self.escaped()?,
            c => Op::One(Set::Only(c)),
        };
        Ok(vec![op])
    }

    fn escaped(&mut self) -> Result<Op, &'static str> {
        let c = *self.chars.get(self.at).ok_or("Trailing backslash")?;
        if c == ')' && !self.extended {
            return Err("Unmatched ) or \\)");
        }
        self.at += 1;
        let set = |member| Op::One(Set::Of(vec![member], false));
        Ok(match c {
            'w' | 'W' => set(Member::Word(c == 'w')),
            's' | 'S' => set(Member::Space(c == 's')),
            'b' => Op::If(Place::Edge),
            'B' => Op::If(Place::NoEdge),
            '<' => Op::If(Place::WordStart),
            '>' => Op::If(Place::WordEnd),
            '1'..='9' => return Err("Invalid back reference: groups cannot be referred to here"),
            c => Op::One(Set::Only(c)),
        })
    }

    /// `[a-z0]`, `[^a]`, `[[:digit:]]`; `]` by itself where it comes first.
    fn brackets(&mut self) -> Result<Set, &'static str> {
        const OPEN: &str = "Unmatched [, [^, [:, [., or [=";
        let negated = self.chars.get(self.at) == Some(&'^');
        self.at += usize::from(negated);
        let mut members = Vec::new();
        loop {
            let c = *self.chars.get(self.at).ok_or(OPEN)?;
            self.at += 1;
            match (c, &self.chars[self.at..]) {
                (']', _) if !members.is_empty() => return Ok(Set::Of(members, negated)),
                ('[', [':', rest @ ..]) => {
                    let name: String = rest.iter().take_while(|c| **c != ':').collect();
                    let class = CLASSES.into_iter().find(|class| *class == name);
                    members.push(Member::Class(class.ok_or("Invalid character class name")?));
                    self.at += name.len() + 3;
                }
                (first, ['-', last, ..]) if *last != ']' => {
                    if *last < first {
                        return Err("Invalid range end");
                    }
                    members.push(Member::Range(first, *last));
                    self.at += 2;
                }
                (c, _) => members.push(Member::Range(c, c)),
            }
        }
    }
}

/// A part of a program, once it stands somewhere else.
fn moved(program: Vec<Op>, by: usize) -> Vec<Op> {
    let move_op = |op| match op {
        Op::Split(one, other) => Op::Split(one + by, other + by),
        Op::Jump(to) => Op::Jump(to + by),
        op => op,
    };
    program.into_iter().map(move_op).collect()
}

/// So often, one after the other.
fn times(one: &[Op], least: usize, most: Option<usize>) -> Vec<Op> {
    let mut program = Vec::new();
    let length = one.len();
    for _ in 0..least {
        program.extend(moved(one.to_vec(), program.len()));
        if program.len() > MOST {
            return program;
        }
    }
    match most {
        None => {
            let start = program.len();
            program.push(Op::Split(start + 1, start + length + 2));
            program.extend(moved(one.to_vec(), start + 1));
            program.push(Op::Jump(start));
        }
        Some(most) => {
            for _ in least..most {
                let start = program.len();
                program.push(Op::Split(start + 1, start + length + 1));
                program.extend(moved(one.to_vec(), start + 1));
                if program.len() > MOST {
                    return program;
                }
            }
        }
    }
    program
}
