//! Flow of least cost through a small network: potentials by Dijkstra, then as much as fits along the cheapest arcs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const FAR: i64 = i64::MAX / 4;

#[derive(Clone, Copy, Debug)]
struct Arc {
    to: usize,
    room: u32,
    cost: i64,
}

/// A network. An arc and the way back stand side by side, so that each is the other's number with the last bit turned.
#[derive(Clone, Debug)]
pub(super) struct Network {
    from: Vec<Vec<usize>>,
    arcs: Vec<Arc>,
    price: Vec<i64>,
}

impl Network {
    pub(super) fn new(nodes: usize) -> Self {
        Self { from: vec![Vec::new(); nodes], arcs: Vec::new(), price: vec![0; nodes] }
    }

    /// Adds an arc; costs must not be negative.
    pub(super) fn add(&mut self, from: usize, to: usize, room: u32, cost: i64) -> usize {
        let at = self.arcs.len();
        self.arcs.extend([Arc { to, room, cost }, Arc { to: from, room: 0, cost: -cost }]);
        self.from[from].push(at);
        self.from[to].push(at + 1);
        at
    }

    /// What flows through an arc.
    pub(super) fn flow(&self, arc: usize) -> u32 {
        self.arcs[arc ^ 1].room
    }

    /// Sends as much as fits, at the least cost that amount can have.
    pub(super) fn fill(&mut self, source: usize, sink: usize) {
        while self.reprice(source, sink) {
            loop {
                let mut seen = vec![false; self.from.len()];
                if self.push(source, sink, u32::MAX, &mut seen) == 0 {
                    break;
                }
            }
        }
    }

    fn reduced(&self, from: usize, arc: Arc) -> i64 {
        arc.cost + self.price[from] - self.price[arc.to]
    }

    /// New prices, under which the cheapest ways to the sink cost nothing; false if there is no way left.
    fn reprice(&mut self, source: usize, sink: usize) -> bool {
        let mut far = vec![FAR; self.from.len()];
        let mut waiting = BinaryHeap::from([Reverse((0, source))]);
        far[source] = 0;
        while let Some(Reverse((distance, node))) = waiting.pop() {
            if distance > far[node] || node == sink {
                continue;
            }
            for arc in self.from[node].iter().map(|at| self.arcs[*at]).filter(|arc| arc.room > 0) {
                let through = distance + self.reduced(node, arc);
                if through < far[arc.to].min(far[sink]) || (arc.to == sink && through < far[sink]) {
                    far[arc.to] = through;
                    waiting.push(Reverse((through, arc.to)));
                }
            }
        }
        let most = far[sink];
        self.price.iter_mut().zip(far).for_each(|(price, far)| *price += far.min(most));
        most < FAR
    }

    /// Pushes along arcs that cost nothing under the prices; a node is tried once a round.
    fn push(&mut self, node: usize, sink: usize, most: u32, seen: &mut [bool]) -> u32 {
        if node == sink {
            return most;
        }
        seen[node] = true;
        let mut pushed = 0;
        for place in 0..self.from[node].len() {
            let at = self.from[node][place];
            let arc = self.arcs[at];
            if arc.room > 0 && !seen[arc.to] && self.reduced(node, arc) == 0 {
                let through = self.push(arc.to, sink, arc.room.min(most - pushed), seen);
                self.arcs[at].room -= through;
                self.arcs[at ^ 1].room += through;
                pushed += through;
            }
            if pushed == most {
                break;
            }
        }
        pushed
    }
}
