//! The settings of a team and of a person: who wins, where each value comes from, and what is wrong with them.
