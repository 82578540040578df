//! Sections of action items in every layout that is read.

/// Sections of action items as teams write them; the second item is the one that is changed.
pub(super) const LAYOUTS: [(&str, &str); 33] = [
    (
        "canonical",
        "| # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n| 1 | Alert on the disk | @ana | P1 | small | 2024-03-01 | open |\n| 2 | Press the red button | | | | | |\n| 3 | Order more disks | @bo | P2 | large | 2024-04-01 | doing |\n",
    ),
    (
        "narrow table",
        "| Action | Owner |\n|:--|--:|\n| Alert on the disk | @ana |\n| Press the `a\\|b` button |  |\n",
    ),
    (
        "table without bars",
        "Action | Who | State\n--- | --- | ---\nAlert on the disk | @ana | Done\nPress the red button | |\n",
    ),
    (
        "ragged rows",
        "| # | Action | Owner | Due | Status |\n|---|---|---|---|---|\n| 1 | Alert on the disk | @ana\n| 2 | Press the red button\n| 3 | Order more disks || |\n",
    ),
    (
        "emphasised status",
        "| ID | Task | Assignee | Status |\n|--|--|--|--|\n| A-1 | Alert on the disk | Ana Lee | **Done** |\n| A-2 | Press the red button | Bo Li | **Open** |\n",
    ),
    ("task list", "- [x] Alert on the disk\n- [ ] Press the red button\n- [ ] Order more disks\n"),
    (
        "task list with marks",
        "- [x] Alert on the disk (@ana)\n- [ ] Press the red button. Owner: @ops, due 2024-03-01\n- [ ] Order more disks\n",
    ),
    ("bullets", "* Alert on the disk - DONE\n* Press the big red button in the hall\n* Order more disks\n"),
    ("short bullets", "- Alert\n- Press it\n- Order\n"),
    ("numbers", "1. Alert on the disk\n2. Press the red button\n3. Order more disks\n"),
    (
        "numbered headings",
        "### Process\n\n1. Alert on the disk\n2. Press the red button\n\n### Technology\n\n1. Order more disks\n",
    ),
    (
        "below names",
        "**RK**\n- Alert on the disk\n- Press the red button\n\n**Alex/Jamie**\n\n- Order more disks\n",
    ),
    (
        "nested fields",
        "- Alert on the disk\n  - with a key for each order\n  - Owner: Bo\n- Press the red button\n  - Owner: Ana\n  - Due: 2024-05-01\n- Order more disks\n",
    ),
    ("paragraphs", "**AC** Alert on the disk at the gateway.\n\n**BD** Press the red button in the hall.\n"),
    (
        "headings",
        "### Alert on the disk\n\n**Owner**: @ana\n**Due**: 2024-08-01\n\n### Press the red button\n\n**Owner**: @bo\n**Due**: 2024-09-01\n",
    ),
    (
        "heading lists",
        "### 1. Alert on the disk\n\n- **Owner:** @ana\n- **Status:** done\n\n### 2. Press the red button\n\n- **Owner:** @bo\n- **Status:** open\n",
    ),
    (
        "labels in bold",
        "- [ ] **AI-P4** Alert on the disk at night — **Owner:** Kim, **Due:** 2024-10-30\n- [ ] **AI-P5** Press the red button at night — **Owner:** Kim, **Due:** 2024-10-31\n",
    ),
    ("struck", "- ~~Alert on the disk~~\n- ~~Press the red button~~\n- Order more disks\n"),
    (
        "handles in front",
        "- @ana to alert on the disk by 2024-05-01\n- @bo to press the red button by 2024-06-01\n- Measure the growth of the disk\n",
    ),
    ("ticks", "- ✅ **Alert**: on the size of the disk\n- **Button**: press the red one\n"),
    ("closing names", "- Alert on the disk (Jane)\n- Press the red button (Ana)\n- Order more disks (Bo)\n"),
    (
        "completed",
        "### Completed\n\n- Alert on the disk\n- Press the red button\n\n### Open\n\n- Order more disks\n",
    ),
    (
        "loose",
        "- [ ] Alert on the disk\n\n- [ ] Press the red button\n  in the hall\n\n- [ ] Order more disks\n",
    ),
    (
        "links",
        "- [ ] Alert on the disk ([#12](https://x.example/12))\n- [ ] Press the **red** button, see [PAY-12](https://x.example/PAY-12)\n",
    ),
    ("given up", "- [-] Alert on the disk\n- [-] Press the red button\n- [ ] Order more disks\n"),
    ("ticked", "- ✅ Alert on the disk\n- ✅ Press the red button in the hall\n- Order more disks\n"),
    ("ticked behind", "- Alert on the disk ✅\n- Press the red button in the hall ✅\n- Order more disks\n"),
    (
        "tickets",
        "| Action | Owner | Ticket |\n|--|--|--|\n| Alert on the disk | @ana | **DONE** |\n| Press the red button | @bo | **DONE** |\n",
    ),
    (
        "emoji cells",
        "| Action | Owner | Status |\n|--|--|--|\n| Alert on the disk | @ana | ✅ |\n| Press the red button | @bo | 🚧 |\n",
    ),
    (
        "done cells",
        "| Action | Owner | Done? |\n|--|--|--|\n| Alert on the disk | @ana | yes |\n| Press the red button | @bo | no |\n",
    ),
    ("in progress", "- Alert on the disk - done\n- Press the red button in the hall - in progress\n"),
    ("pictures", "- [ ] Alert on the disk\n- [ ] Press the red button in the hall 📅 2024-03-20\n"),
    (
        "words in cells",
        "| # | Action | Status |\n|--|--|--|\n| 1 | Alert on the disk (@ana) | Done (commit 3f9c2e1) |\n| 2 | Press the red button. Owner: @bo, due 2024-05-01 | in progress, waits for the vendor |\n",
    ),
];
