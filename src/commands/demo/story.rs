//! What happened at Harbour, a shop: releases, five incidents, a near-miss, and what was promised after each.

use super::stream::{Commit, Stream, When};

/// Who works there.
pub(super) const PEOPLE: &[&str] = &[
    "Ana Reyes <ana@harbour.example>",
    "Ben Okafor <ben@harbour.example>",
    "Chidi Eze <chidi@harbour.example>",
    "Farah Haddad <farah@harbour.example>",
];
const ANA: usize = 0;
const BEN: usize = 1;
const CHIDI: usize = 2;
const FARAH: usize = 3;

const ORDERS: &str = include_str!("texts/orders-table.md");
const CHARGED: &str = include_str!("texts/charged-twice.md");
const PRICES: &str = include_str!("texts/stale-prices.md");
const BACKUP: &str = include_str!("texts/backup-restore.md");
const CACHE: &str = include_str!("texts/cache-stampede.md");
const CHECKOUT: &str = include_str!("texts/checkout-5xx.md");

const ORDERS_PATH: &str = "docs/post-mortems/{day -168}-orders-table.md";
const CHARGED_PATH: &str = "docs/post-mortems/{day -96}-charged-twice.md";
const CACHE_ID: &str = "{day -5}-cache-stampede";
/// The branch that drafts live on.
const DRAFTS: &str = "postmortem/drafts";

const README: &str = "# Harbour\n\nA small shop: an API, a checkout and a search, released from this repository.\n\
                      Post-mortems are in docs/post-mortems.\n";
const OWNERS: &str = "/checkout/  @ben\n/search/    @farah\n/migrations/ @ana\n";
const POOL: &str = "# Connections that checkout keeps open.\nsize = 40\n";
const FEWER: &str = "# Connections that checkout keeps open.\nsize = 6\n";
const DERIVED: &str = "# Connections that checkout keeps open, for each worker.\nper-worker = 1\n";
const WORKERS: &str = "workers = 16\n";
const MORE_WORKERS: &str = "workers = 32\n";
const BUILD: &str = "#!/bin/sh\n./build-index \"$1\"\n./switch-index \"$1\" >>switch.log\n";
const BUILD_FAILS: &str = "#!/bin/sh\nset -e\n./build-index \"$1\"\n./switch-index \"$1\"\n";
const COLUMN: &str = "ALTER TABLE orders ADD COLUMN delivery text NOT NULL DEFAULT 'standard';\n";
const SETTINGS: &str = "lock_timeout = '5s'\nstatement_timeout = '15min'\n";
const CHARGE: &str =
    "def charge(order, client):\n    return client.post('/charges', order.total, retries=3)\n";
const KEYED: &str = "def charge(order, client):\n    key = f'order-{order.number}'\n    \
                     return client.post('/charges', order.total, key=key, retries=3, timeout=30)\n";
const UPLOAD: &str = "#!/bin/sh\nset -e\nsplit -b 512M dump part-\nfor part in part-*; do ./upload --checksum \"$part\"; done\n";

/// A step of the story.
pub(super) enum Step {
    Commit(Commit<'static>),
    /// A release: tag, the commit that it names, when, by whom.
    Tag(&'static str, &'static str, When, usize),
}

/// Adds a step to a stream.
pub(super) fn tell(step: &Step, stream: &mut Stream) {
    match step {
        Step::Commit(commit) => stream.commit(commit),
        Step::Tag(tag, commit, when, who) => stream.tag(tag, commit, *when, *who),
    }
}

type Files = &'static [(&'static str, &'static str)];

/// A commit on `main` after the one named.
fn on_main(
    (name, after): (&'static str, &'static str),
    when: When,
    who: usize,
    message: &'static str,
    files: Files,
    words: Files,
) -> Step {
    Step::Commit(Commit { name, branch: "main", after, when, who, message, files, words })
}

/// The whole story, oldest first on every branch.
pub(super) fn steps() -> Vec<Step> {
    let mut steps = beginning();
    steps.extend(spring());
    steps.extend(summer());
    steps.extend(this_week());
    steps
}

fn beginning() -> Vec<Step> {
    let shop: Files = &[
        ("README.md", README),
        ("CODEOWNERS", OWNERS),
        ("checkout/pool.toml", POOL),
        ("checkout/workers.toml", WORKERS),
        ("checkout/charge.py", CHARGE),
        ("search/build.sh", BUILD),
    ];
    vec![
        on_main(("shop", ""), When(-215, "09:00"), ANA, "Begin the shop", shop, &[]),
        Step::Tag("v1.0.0", "shop", When(-214, "10:00"), ANA),
        on_main(
            ("workers", "shop"),
            When(-190, "14:10"),
            BEN,
            "Checkout: twice as many workers",
            &[("checkout/workers.toml", MORE_WORKERS)],
            &[],
        ),
        Step::Tag("v1.1.0", "workers", When(-188, "10:00"), BEN),
        on_main(
            ("add-column", "workers"),
            When(-169, "16:20"),
            BEN,
            "Orders: remember how an order is delivered",
            &[("migrations/0007_delivery.sql", COLUMN)],
            &[],
        ),
        Step::Tag("v1.2.0", "add-column", When(-168, "09:08"), BEN),
        on_main(
            ("lock-timeout", "add-column"),
            When(-166, "11:45"),
            ANA,
            "Migrations: give up on a lock after five seconds",
            &[("migrations/settings.conf", SETTINGS)],
            &[],
        ),
        Step::Tag("v1.2.1", "lock-timeout", When(-166, "13:00"), ANA),
    ]
}

fn spring() -> Vec<Step> {
    vec![
        on_main(
            ("orders", "lock-timeout"),
            When(-163, "15:30"),
            ANA,
            "docs: post-mortem of the locked orders table",
            &[(ORDERS_PATH, ORDERS)],
            &[("rows-due", "{day -120}"), ("rows", "Open"), ("lock", "Open")],
        ),
        on_main(
            ("orders-lock", "orders"),
            When(-154, "09:20"),
            ANA,
            "docs: migrations have a lock timeout now\n\nCloses-Action: {day -168}-orders-table#3",
            &[(ORDERS_PATH, ORDERS)],
            &[("rows-due", "{day -120}"), ("rows", "Open"), ("lock", "Done")],
        ),
        on_main(
            ("orders-later", "orders-lock"),
            When(-118, "16:05"),
            CHIDI,
            "docs: the migration test needs another quarter",
            &[(ORDERS_PATH, ORDERS)],
            &[("rows-due", "{day -60}"), ("rows", "Open"), ("lock", "Done")],
        ),
        on_main(
            ("charged", "orders-later"),
            When(-92, "10:15"),
            BEN,
            "docs: post-mortem of the double charges",
            // The fix is linked once it is there.
            &[(CHARGED_PATH, CHARGED)],
            &[
                ("keys", "Open"),
                ("reconcile-due", "{day -40}"),
                ("commit keys", "to come"),
                ("when keys", ""),
                ("subject keys", ""),
            ],
        ),
        on_main(
            ("keys", "charged"),
            When(-84, "13:50"),
            BEN,
            "Payments: send an idempotency key with every charge\n\nCloses-Action: {day -96}-charged-twice#1",
            &[("checkout/charge.py", KEYED)],
            &[],
        ),
        Step::Tag("v1.3.0", "keys", When(-83, "10:00"), BEN),
        on_main(
            ("charged-done", "keys"),
            When(-82, "10:30"),
            BEN,
            "docs: link the fix of the double charges",
            &[(CHARGED_PATH, CHARGED)],
            &[("keys", "Done"), ("reconcile-due", "{day -40}")],
        ),
    ]
}

fn summer() -> Vec<Step> {
    vec![
        on_main(
            ("prices", "charged-done"),
            When(-58, "11:10"),
            FARAH,
            "docs: post-mortem of the stale prices",
            &[("docs/post-mortems/{day -61}-stale-prices.md", PRICES)],
            &[],
        ),
        on_main(
            ("switch", "prices"),
            When(-55, "09:40"),
            FARAH,
            "Search: fail when the switch to the new index fails",
            &[("search/build.sh", BUILD_FAILS)],
            &[],
        ),
        Step::Tag("v1.4.0", "switch", When(-50, "10:00"), FARAH),
        on_main(
            ("orders-again", "switch"),
            When(-45, "17:00"),
            CHIDI,
            "docs: new dates for two promises",
            &[(ORDERS_PATH, ORDERS), (CHARGED_PATH, CHARGED)],
            &[
                ("rows-due", "{day -24}"),
                ("rows", "Open"),
                ("lock", "Done"),
                ("keys", "Done"),
                ("reconcile-due", "{day +5}"),
            ],
        ),
        on_main(
            ("backup", "orders-again"),
            When(-31, "14:00"),
            CHIDI,
            "docs: a near-miss, the backup that could not be restored",
            &[("docs/post-mortems/{day -33}-backup-restore.md", BACKUP)],
            &[],
        ),
        on_main(
            ("upload", "backup"),
            When(-27, "15:25"),
            CHIDI,
            "Backups: upload in parts and compare checksums",
            &[("backup/upload.sh", UPLOAD)],
            &[],
        ),
        Step::Tag("v1.5.0", "upload", When(-20, "10:00"), CHIDI),
    ]
}

fn this_week() -> Vec<Step> {
    let cache: Files = &[("docs/post-mortems/{day -5}-cache-stampede.md", CACHE)];
    let draft: Files = &[("{cache}.md", CACHE)];
    let checkout: Files = &[("{day -1}-checkout-5xx.md", CHECKOUT)];
    let words: Files = &[("cache", CACHE_ID)];
    let beside = |(name, after), branch, when, who, message, files| {
        Step::Commit(Commit { name, branch, after, when, who, message, files, words })
    };
    vec![
        beside(("draft-cache", ""), DRAFTS, When(-4, "10:05"), ANA, "new: {cache}", draft),
        beside(
            ("review", "upload"),
            "review/cache-stampede",
            When(-3, "09:15"),
            ANA,
            "docs: post-mortem of the cache stampede",
            cache,
        ),
        on_main(
            ("bad", "upload"),
            When(-2, "15:10"),
            BEN,
            "Checkout: keep fewer connections open\n\nThe database has few to give, and checkout hardly uses its forty.",
            &[("checkout/pool.toml", FEWER)],
            &[],
        ),
        Step::Tag("v1.6.0", "bad", When(-1, "10:40"), BEN),
        on_main(
            ("revert", "bad"),
            When(-1, "11:06"),
            FARAH,
            "Revert \"Checkout: keep fewer connections open\"\n\nThis reverts commit {full bad}.",
            &[("checkout/pool.toml", POOL)],
            &[],
        ),
        Step::Tag("v1.6.1", "revert", When(-1, "11:10"), FARAH),
        on_main(
            ("pool-fix", "revert"),
            When(-1, "16:30"),
            BEN,
            "Checkout: derive the pool from the number of workers",
            &[("checkout/pool.toml", DERIVED)],
            &[],
        ),
        Step::Tag("v1.6.2", "pool-fix", When(-1, "17:00"), BEN),
        beside(
            ("draft-checkout", "draft-cache"),
            DRAFTS,
            When(-1, "17:20"),
            BEN,
            "new: {day -1}-checkout-5xx",
            checkout,
        ),
    ]
}
