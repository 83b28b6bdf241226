//! The words of time of English news prose.
//!
//! One row a meaning: the words, what they say, and whether they count only with a capital.
//! Words of more than 16 letters are not found. To add a word, put it into the row that says what
//! it means and write a line into the table of the tests in `mod.rs`.

use super::find::Unit;
use super::find::Word;

const fn one(unit: Unit) -> Word {
    Word::Unit { unit, many: false }
}

const fn many(unit: Unit) -> Word {
    Word::Unit { unit, many: true }
}

const fn weekday(day: i8) -> Word {
    Word::Weekday { day, short: false }
}

const fn short_weekday(day: i8) -> Word {
    Word::Weekday { day, short: true }
}

const fn month(month: i8) -> Word {
    Word::Month {
        month,
        short: false,
    }
}

const fn short_month(month: i8) -> Word {
    Word::Month { month, short: true }
}

/// The rows.
pub(super) const WORDS: &[(&str, Word, bool)] = &[
    ("monday", weekday(1), false),
    ("tuesday tues", weekday(2), false),
    ("wednesday weds", weekday(3), false),
    ("thursday thurs thur", weekday(4), false),
    ("friday", weekday(5), false),
    ("saturday", weekday(6), false),
    ("sunday", weekday(7), false),
    ("mon", short_weekday(1), true),
    ("tue", short_weekday(2), true),
    ("wed", short_weekday(3), true),
    ("thu", short_weekday(4), true),
    ("fri", short_weekday(5), true),
    ("sat", short_weekday(6), true),
    ("sun", short_weekday(7), true),
    ("mondays", Word::Weekdays(1), true),
    ("tuesdays", Word::Weekdays(2), true),
    ("wednesdays", Word::Weekdays(3), true),
    ("thursdays", Word::Weekdays(4), true),
    ("fridays", Word::Weekdays(5), true),
    ("saturdays", Word::Weekdays(6), true),
    ("sundays", Word::Weekdays(7), true),
    ("january", month(1), false),
    ("february", month(2), false),
    ("march", month(3), true),
    ("april", month(4), false),
    ("may", month(5), true),
    ("june", month(6), false),
    ("july", month(7), false),
    ("august", month(8), true),
    ("september", month(9), false),
    ("october", month(10), false),
    ("november", month(11), false),
    ("december", month(12), false),
    ("jan", short_month(1), true),
    ("feb febr", short_month(2), true),
    ("mar", short_month(3), true),
    ("apr", short_month(4), true),
    ("jun", short_month(6), true),
    ("jul", short_month(7), true),
    ("aug", short_month(8), true),
    ("sept sep", short_month(9), true),
    ("oct", short_month(10), true),
    ("nov", short_month(11), true),
    ("dec", short_month(12), true),
    ("seconds", many(Unit::Second), false),
    ("minute", one(Unit::Minute), false),
    ("minutes mins", many(Unit::Minute), false),
    ("hour hr", one(Unit::Hour), false),
    ("hours hrs", many(Unit::Hour), false),
    ("day", one(Unit::Day), false),
    ("days", many(Unit::Day), false),
    ("week wk fortnight", one(Unit::Week), false),
    ("weeks wks", many(Unit::Week), false),
    ("month mth", one(Unit::Month), false),
    ("months mths", many(Unit::Month), false),
    ("quarter qtr", one(Unit::Quarter), false),
    ("quarters qtrs", many(Unit::Quarter), false),
    ("year yr", one(Unit::Year), false),
    ("years yrs", many(Unit::Year), false),
    ("decade", one(Unit::Decade), false),
    ("decades", many(Unit::Decade), false),
    ("century", one(Unit::Century), false),
    ("centuries", many(Unit::Century), false),
    ("one", Word::Number(1), false),
    ("two", Word::Number(2), false),
    ("three", Word::Number(3), false),
    ("four", Word::Number(4), false),
    ("five", Word::Number(5), false),
    ("six", Word::Number(6), false),
    ("seven", Word::Number(7), false),
    ("eight", Word::Number(8), false),
    ("nine", Word::Number(9), false),
    ("ten", Word::Number(10), false),
    ("eleven", Word::Number(11), false),
    ("twelve dozen", Word::Number(12), false),
    ("thirteen", Word::Number(13), false),
    ("fourteen", Word::Number(14), false),
    ("fifteen", Word::Number(15), false),
    ("sixteen", Word::Number(16), false),
    ("seventeen", Word::Number(17), false),
    ("eighteen", Word::Number(18), false),
    ("nineteen", Word::Number(19), false),
    ("twenty", Word::Number(20), false),
    ("thirty", Word::Number(30), false),
    ("forty", Word::Number(40), false),
    ("fifty", Word::Number(50), false),
    ("sixty", Word::Number(60), false),
    ("seventy", Word::Number(70), false),
    ("eighty", Word::Number(80), false),
    ("ninety", Word::Number(90), false),
    ("hundred", Word::Number(100), false),
    ("thousand", Word::Number(1000), false),
    ("first", Word::Ordinal(1), false),
    ("second", Word::Ordinal(2), false),
    ("third", Word::Ordinal(3), false),
    ("fourth", Word::Ordinal(4), false),
    ("fifth", Word::Ordinal(5), false),
    ("sixth", Word::Ordinal(6), false),
    ("seventh", Word::Ordinal(7), false),
    ("eighth", Word::Ordinal(8), false),
    ("ninth", Word::Ordinal(9), false),
    ("tenth", Word::Ordinal(10), false),
    ("eleventh", Word::Ordinal(11), false),
    ("twelfth", Word::Ordinal(12), false),
    ("thirteenth", Word::Ordinal(13), false),
    ("fourteenth", Word::Ordinal(14), false),
    ("fifteenth", Word::Ordinal(15), false),
    ("sixteenth", Word::Ordinal(16), false),
    ("seventeenth", Word::Ordinal(17), false),
    ("eighteenth", Word::Ordinal(18), false),
    ("nineteenth", Word::Ordinal(19), false),
    ("twentieth", Word::Ordinal(20), false),
    ("thirtieth", Word::Ordinal(30), false),
    ("twenties", Word::DecadeName(2), false),
    ("thirties", Word::DecadeName(3), false),
    ("forties", Word::DecadeName(4), false),
    ("fifties", Word::DecadeName(5), false),
    ("sixties", Word::DecadeName(6), false),
    ("seventies", Word::DecadeName(7), false),
    ("eighties", Word::DecadeName(8), false),
    ("nineties", Word::DecadeName(9), false),
    ("spring springtime", Word::Season(0), false),
    ("summer summertime", Word::Season(1), false),
    ("fall autumn", Word::Season(2), false),
    ("winter wintertime", Word::Season(3), false),
    ("morning", Word::DayPart(0), false),
    ("afternoon", Word::DayPart(1), false),
    ("evening", Word::DayPart(2), false),
    ("night", Word::DayPart(3), false),
    (
        "christmas xmas thanksgiving halloween easter new memorial labor labour independence \
         veterans columbus presidents valentine valentines mother mothers father fathers boxing \
         bastille armistice remembrance election inauguration groundhog earth palm ash good \
         martin canada australia anzac ruby bloody black cyber super juneteenth mardi \
         mlk michaelmas pentecost maundy whit king saint st guy lincoln washington billy \
         freaky joe",
        Word::Phrase,
        true,
    ),
    ("april", month(4), false),
    ("today", Word::Today, false),
    ("yesterday", Word::Yesterday, false),
    ("tomorrow", Word::Tomorrow, false),
    ("tonight", Word::Tonight, false),
    ("overnight", Word::Overnight, false),
    ("weekend", Word::Weekend, false),
    ("noon midday", Word::Noon, false),
    ("midnight", Word::Midnight, false),
    ("am", Word::Meridian(false), false),
    ("pm", Word::Meridian(true), false),
    (
        "gmt est edt cst cdt mst mdt pst pdt utc bst cet cest et ct pt jst ist hkt aest",
        Word::Zone,
        true,
    ),
    ("clock", Word::Oclock, false),
    ("last", Word::Last, false),
    ("next upcoming", Word::Next, false),
    ("this", Word::This, false),
    ("that those", Word::That, false),
    ("the", Word::The, false),
    ("a an", Word::A, false),
    ("past", Word::Past, false),
    ("previous prior preceding", Word::Previous, false),
    ("current", Word::Current, false),
    ("following ensuing subsequent", Word::Following, false),
    ("same", Word::Same, false),
    ("coming", Word::Coming, false),
    ("ago", Word::Ago, false),
    ("earlier", Word::Earlier, false),
    ("later afterward afterwards", Word::Later, false),
    ("before", Word::Before, false),
    ("after", Word::After, false),
    ("early", Word::Early, false),
    ("late", Word::Late, false),
    ("mid middle", Word::Mid, false),
    ("end close", Word::End, false),
    ("beginning start onset", Word::Beginning, false),
    ("half", Word::Half, false),
    ("fiscal", Word::Fiscal, false),
    ("each every", Word::Each, false),
    ("few several many", Word::Few, false),
    ("couple", Word::Couple, false),
    ("another", Word::Another, false),
    ("nearly almost more less", Word::More, false),
    (
        "about around approximately roughly circa some only just",
        Word::Approximately,
        false,
    ),
    ("of", Word::Of, false),
    ("and", Word::And, false),
    ("or", Word::Or, false),
    ("in", Word::In, false),
    ("on", Word::On, false),
    ("at", Word::At, false),
    ("by", Word::By, false),
    ("from", Word::From, false),
    ("since", Word::Since, false),
    ("between", Word::Between, false),
    ("to", Word::To, false),
    ("until till through thru", Word::Through, false),
    ("during throughout within", Word::During, false),
    ("than", Word::Than, false),
    ("old", Word::Old, false),
    ("period", Word::Period, false),
    ("latest", Word::Latest, false),
    ("eve", Word::Eve, false),
    ("now currently presently nowadays", Word::Present, false),
    ("recently lately", Word::Recently, false),
    ("recent", Word::Recent, false),
    ("future", Word::Future, false),
    ("soon", Word::Future, false),
    ("daily", Word::Every(Unit::Day), false),
    ("hourly", Word::Every(Unit::Hour), false),
    ("weekly", Word::Every(Unit::Week), false),
    ("monthly", Word::Every(Unit::Month), false),
    ("quarterly", Word::Every(Unit::Quarter), false),
    ("annually yearly", Word::Every(Unit::Year), false),
    (
        "will shall would ll could should might scheduled expected plans planned planning due \
         expects intends slated tentatively effective \
         starting likely unlikely expires begins opens leaves departs arrives go goes wo",
        Word::Ahead,
        false,
    ),
    (
        "was were had did said has have been told came went took made began rose fell ended met \
         won lost left got gave held ran sent saw became led brought wrote set died grew hit shot \
         spoke paid fought broke bought sold kept knew thought taught caught sought stood heard \
         drew drove flew threw spent stole swept chose wore",
        Word::Behind,
        false,
    ),
    (
        "once twice people persons dollars dlrs dlr cents mln bln million billion votes miles mile meters \
         metres meter metre feet foot points point shares share pounds pound tonnes tons ton \
         troops soldiers jobs workers employees kilometers kilometres km kg yards acres barrels \
         copies units homes houses students bpd mph cars vehicles passengers members times pages \
         inches degrees calories volts watts seats rooms euros yen marks francs pesos rupees \
         pence m ft lb lbs hp rpm deaths dead wounded refugees men women children police officers voters cases \
         patients percent pct street avenue road boulevard blvd ave drive lane block",
        Word::Counted,
        false,
    ),
    (
        "flight room route highway no nos number suite apartment apt section chapter page pages \
         pp article resolution unit channel gate interstate model windows boeing airbus peugeot \
         box lot bus train line file form directive regulation isbn fm index \
         phone telephone tel fax ext extension proposition",
        Word::Numbered,
        false,
    ),
    (
        "film movie titled entitled called novel album song sitcom musical",
        Word::Titled,
        false,
    ),
    ("bc bce", Word::Bc, true),
    ("ad ce", Word::Ad, true),
    ("q", Word::QuarterLetter, true),
    ("h", Word::HalfLetter, true),
    ("fy", Word::FiscalLetters, true),
];
