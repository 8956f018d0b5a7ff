//! Closed code sets of the data types. Source: HL7 CDA R2 vocabulary, as in `voc.xsd` of CDA_extended.

use crate::tree::code_enum;

code_enum! {
    /// Why a value is not given.
    pub enum NullFlavor {
        /// No information.
        NoInformation = "NI",
        /// Invalid.
        Invalid = "INV",
        /// Derived: to be computed from other values.
        Derived = "DER",
        /// Outside the value set that the place asks for.
        OutsideSet = "OTH",
        /// Not encoded: given as text only.
        Unencoded = "UNC",
        /// Minus infinity.
        NegativeInfinity = "NINF",
        /// Plus infinity.
        PositiveInfinity = "PINF",
        /// Unknown.
        Unknown = "UNK",
        /// Asked, but not known.
        AskedUnknown = "ASKU",
        /// Temporarily not available.
        TemporarilyUnavailable = "NAV",
        /// Not asked.
        NotAsked = "NASK",
        /// More than zero, too little to measure.
        Trace = "TRC",
        /// Sufficient quantity.
        SufficientQuantity = "QS",
        /// Masked for confidentiality.
        Masked = "MSK",
        /// Not applicable.
        NotApplicable = "NA",
    }
}

code_enum! {
    /// What a telephone number or an electronic address is for.
    pub enum TelecomUse {
        /// Home.
        Home = "H",
        /// Primary home.
        PrimaryHome = "HP",
        /// Vacation home.
        VacationHome = "HV",
        /// Work place.
        Work = "WP",
        /// Direct line at work.
        Direct = "DIR",
        /// Public (switchboard) at work.
        Public = "PUB",
        /// Not to be used any more.
        Bad = "BAD",
        /// Confidential.
        Confidential = "CONF",
        /// Temporary.
        Temporary = "TMP",
        /// Answering service.
        AnsweringService = "AS",
        /// Emergency contact.
        EmergencyContact = "EC",
        /// Mobile.
        Mobile = "MC",
        /// Pager.
        Pager = "PG",
    }
}

code_enum! {
    /// What a postal address is for.
    pub enum AddressUse {
        /// Home.
        Home = "H",
        /// Primary home.
        PrimaryHome = "HP",
        /// Vacation home.
        VacationHome = "HV",
        /// Work place.
        Work = "WP",
        /// Direct at work.
        Direct = "DIR",
        /// Public at work.
        Public = "PUB",
        /// Not to be used any more.
        Bad = "BAD",
        /// Confidential.
        Confidential = "CONF",
        /// Temporary.
        Temporary = "TMP",
        /// For visits.
        Physical = "PHYS",
        /// For mail.
        Postal = "PST",
    }
}

code_enum! {
    /// What a name is for.
    pub enum NameUse {
        /// Legal name.
        Legal = "L",
        /// As registered in the civil state, for licences and other official uses.
        License = "C",
        /// Indigenous or tribal name.
        Indigenous = "I",
        /// Pseudonym.
        Pseudonym = "P",
        /// Artist's name.
        Artist = "A",
        /// Religious name.
        Religious = "R",
        /// Official registry.
        OfficialRegistry = "OR",
        /// Assigned to a person whose name is not known.
        Assigned = "ASGN",
        /// Alphabetic spelling.
        Alphabetic = "ABC",
        /// Syllabic spelling.
        Syllabic = "SYL",
        /// Ideographic spelling.
        Ideographic = "IDE",
        /// For search.
        Search = "SRCH",
        /// Phonetic.
        Phonetic = "PHON",
        /// Soundex.
        Soundex = "SNDX",
    }
}

code_enum! {
    /// What kind of name a part is.
    ///
    /// In French documents `Birth` (`BR`) marks the family name and the given names of the birth
    /// certificate, `Call` (`CL`) the names in use.
    pub enum NameQualifier {
        /// Birth name (`BR`): nom de naissance, premier prénom de l'acte de naissance.
        Birth = "BR",
        /// Call name (`CL`): nom utilisé, prénom utilisé.
        Call = "CL",
        /// Spouse's name (`SP`).
        Spouse = "SP",
        /// Academic title.
        Academic = "AC",
        /// Adopted.
        Adopted = "AD",
        /// Initial.
        Initial = "IN",
        /// Legal status.
        LegalStatus = "LS",
        /// Nobility.
        Nobility = "NB",
        /// Professional.
        Professional = "PR",
        /// Title.
        Title = "TITLE",
        /// Voorvoegsel.
        Voorvoegsel = "VV",
        /// Container name of a product.
        Container = "CON",
        /// Device name of a product.
        Device = "DEV",
        /// Form name of a product.
        Form = "FRM",
        /// Invented name of a product.
        Invented = "INV",
        /// Scientific name of a product.
        Scientific = "SCI",
        /// Strength name of a product.
        Strength = "STR",
        /// Trademark name of a product.
        Trademark = "TMK",
        /// Intended use name of a product.
        IntendedUse = "USE",
    }
}

code_enum! {
    /// How a set of times is combined with those before it.
    pub enum SetOperator {
        /// Included.
        Include = "I",
        /// Excluded.
        Exclude = "E",
        /// Intersected.
        Intersect = "A",
        /// Convex hull.
        ConvexHull = "H",
        /// Periodic hull.
        PeriodicHull = "P",
    }
}

code_enum! {
    /// The event of daily life to which a time is tied.
    pub enum TimingEvent {
        /// Before meals.
        BeforeMeal = "AC",
        /// Before breakfast.
        BeforeBreakfast = "ACM",
        /// Before lunch.
        BeforeLunch = "ACD",
        /// Before dinner.
        BeforeDinner = "ACV",
        /// At meals.
        Meal = "C",
        /// At breakfast.
        Breakfast = "CM",
        /// At lunch.
        Lunch = "CD",
        /// At dinner.
        Dinner = "CV",
        /// At bedtime.
        Bedtime = "HS",
        /// Between meals.
        BetweenMeals = "IC",
        /// Between breakfast and lunch.
        BetweenBreakfastAndLunch = "ICM",
        /// Between lunch and dinner.
        BetweenLunchAndDinner = "ICD",
        /// Between dinner and bedtime.
        BetweenDinnerAndBedtime = "ICV",
        /// After meals.
        AfterMeal = "PC",
        /// After breakfast.
        AfterBreakfast = "PCM",
        /// After lunch.
        AfterLunch = "PCD",
        /// After dinner.
        AfterDinner = "PCV",
        /// On waking.
        Waking = "WAKE",
    }
}

code_enum! {
    /// The calendar cycle to which a periodic interval is aligned.
    pub enum CalendarCycle {
        /// Year.
        Year = "Y",
        /// Month of the year.
        MonthOfYear = "MY",
        /// Continuous month.
        Month = "CM",
        /// Continuous week.
        Week = "CW",
        /// Week of the year.
        WeekOfYear = "WY",
        /// Day of the month.
        DayOfMonth = "DM",
        /// Continuous day.
        Day = "CD",
        /// Day of the year.
        DayOfYear = "DY",
        /// Day of the week, from Monday.
        DayOfWeek = "DW",
        /// Hour of the day.
        HourOfDay = "HD",
        /// Continuous hour.
        Hour = "CH",
        /// Minute of the hour.
        MinuteOfHour = "NH",
        /// Continuous minute.
        Minute = "CN",
        /// Second of the minute.
        SecondOfMinute = "SN",
        /// Continuous second.
        Second = "CS",
        /// Continuous year.
        ContinuousYear = "CY",
        /// Day of the month, one letter.
        ShortDay = "D",
        /// Hour of the day, one letter.
        ShortHour = "H",
        /// Day of the week, one letter.
        ShortDayOfWeek = "J",
        /// Month of the year, one letter.
        ShortMonth = "M",
        /// Minute of the hour, one letter.
        ShortMinute = "N",
        /// Second of the minute, one letter.
        ShortSecond = "S",
        /// Week, one letter.
        ShortWeek = "W",
    }
}
