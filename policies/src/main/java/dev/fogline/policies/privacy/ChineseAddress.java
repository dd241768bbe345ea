package dev.fogline.policies.privacy;

/**
 * An address in China, from the largest unit to the smallest: province, city, district, town, road and number, estate,
 * building, entrance, room. It is anchored at a numbered unit and read in both directions. A place alone is none, nor is a road:
 * two of region, numbered road, unit of a house, and words such as 住址 must come together.
 */
record ChineseAddress() implements Detector {
    /** The numbered units that an address is anchored at; 村 has its number behind it. */
    static final String ANCHORS = "号栋幢室弄村组";

    private static final int MOST_BEFORE = 40;
    private static final int MOST_NUMBER = 10;
    private static final int MOST_NAME = 14;
    private static final int MOST_UNITS = 8;

    /** No name of a place goes on over these. */
    private static final String STOPS = "在住到往址是为寄送发至从去的了叫给把和与或被让请有要我你他她您它这那哪想帮问说将并且但及吗呢";

    private static final String CONTEXT = "在住址往到寄送至:";
    private static final String REGIONS = "省市区县镇乡州盟旗";
    private static final String ROADS = "路街道巷弄里胡同段村苑园庄寨坊桥湾城";
    private static final String UNITS = "号栋幢座楼单室层门户院组区期弄";
    private static final String[] ESTATES = {"小区", "大厦", "花园", "公寓", "广场", "家园", "大楼", "新村", "中心", "写字楼", "宿舍"};

    @Override
    public void at(Reading text, int at, Candidates found) {
        char unit = text.at(at);
        int number = numberStart(text, at);
        boolean village = unit == '村' && number == at && ofTown(text, at);
        if ((number == at && !village) || (number < at && elsewhere(text, number, at))) {
            return;
        }
        int low = low(text, number);
        int place = place(text, low, number);
        int region = place >= 0 ? place : region(text, low, number);
        char before = text.at(number - 1) == ' ' ? text.at(number - 2) : text.at(number - 1);
        boolean road = !village && (unit == '号' || unit == '弄') && ROADS.indexOf(before) >= 0;
        if (region < 0 && !road) {
            return;
        }
        int end = end(text, at + 1);
        boolean inside = (unit != '号' && unit != '弄' && unit != '村') || end > at + 1;
        boolean named = context(text, low, region);
        boolean settled = village && place >= 0 && regions(text, place, at) >= 2;
        int evidence = (region >= 0 ? 1 : 0) + (road || settled ? 1 : 0) + (inside ? 1 : 0) + (named ? 1 : 0);
        boolean somewhere = place >= 0 || road || inside;
        if (!somewhere || evidence < 2 || (village && !settled)) {
            return;
        }
        int start = region >= 0 ? region : Math.max(low, number - 5);
        found.add(FindingKind.ADDRESS, start, end, evidence > 2 ? 1.0 : 0.7);
    }

    /** Where the number before a unit starts. */
    private static int numberStart(Reading text, int at) {
        int start = at;
        while (start > at - MOST_NUMBER && (Han.numeral(text.at(start - 1)) || text.at(start - 1) == '-')) {
            start--;
        }
        return start;
    }

    /** 3月5号, 地铁2号线, 7号楼 of what was read from the road's number on. */
    private static boolean elsewhere(Reading text, int number, int at) {
        char before = text.at(number - 1);
        char behind = text.at(at + 1);
        return before == '月' || before == '第' || behind == '线' || behind == '码' || !(Han.is(before) || before == ' ');
    }

    /** How far back the text can belong to the address. */
    private static int low(Reading text, int from) {
        int low = from;
        while (low > from - MOST_BEFORE) {
            char c = text.at(low - 1);
            boolean gap = c == ' ' && settled(text.at(low - 2));
            boolean name = Han.is(c)
                    && (STOPS.indexOf(c) < 0 || (c == '和' && (text.at(low - 2) == '呼' || text.at(low) == '平')));
            if (!gap && !Han.numeral(c) && !name && c != '-') {
                break;
            }
            low--;
        }
        while (low < from && !Han.is(text.at(low))) {
            low++;
        }
        return low;
    }

    private static boolean settled(char c) {
        return c != 0 && (REGIONS.indexOf(c) >= 0 || ROADS.indexOf(c) >= 0);
    }

    /** A village is named behind its town: 某某镇李庄村. */
    private static boolean ofTown(Reading text, int at) {
        for (int i = at - 2; i > at - 7; i--) {
            char c = text.at(i);
            if (c == '镇' || c == '乡' || c == '道' || c == '县' || c == '区') {
                return true;
            }
        }
        return false;
    }

    /** The first name of a known place; -1 without one. */
    private static int place(Reading text, int low, int to) {
        for (int i = low; i < to - 1; i++) {
            if (ChinesePlaces.endAt(text, i) > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the name of the first district, county or town starts; -1 without one. Names of districts are short. */
    private static int region(Reading text, int low, int to) {
        for (int i = low + 1; i < to; i++) {
            if ("区县镇乡市".indexOf(text.at(i)) >= 0 && text.at(i + 1) != '域') {
                return i - low <= 4 ? low : i - 2;
            }
        }
        return -1;
    }

    private static int regions(Reading text, int from, int to) {
        int regions = 0;
        for (int i = from + 1; i < to; i++) {
            regions += REGIONS.indexOf(text.at(i)) >= 0 ? 1 : 0;
        }
        return regions;
    }

    private static boolean context(Reading text, int low, int region) {
        char before = text.at(low - 1);
        char further = before == ' ' || before == '"' ? text.at(low - 2) : before;
        return (region < 0 || region == low) && further != 0 && CONTEXT.indexOf(further) >= 0;
    }

    /** Behind the last unit of the house: "中海国际社区25栋4单元2355室". */
    private static int end(Reading text, int from) {
        int end = from;
        for (int units = 0; units < MOST_UNITS; units++) {
            int next = unit(text, end);
            if (next < 0) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int unit(Reading text, int from) {
        int i = text.at(from) == ' ' ? from + 1 : from;
        int name = i;
        while (i < name + MOST_NAME && named(text, i)) {
            i++;
        }
        int number = i;
        while (i < number + MOST_NUMBER && (Han.numeral(text.at(i)) || text.at(i) == '-')) {
            i++;
        }
        if (i > number && UNITS.indexOf(text.at(i)) >= 0 && text.at(i) != 0) {
            int end = i + 1;
            end += text.at(i) == '单' || (text.at(i) == '号' && text.at(end) == '楼') ? 1 : 0;
            return text.at(i) == '单' && text.at(i + 1) != '元' ? -1 : end;
        }
        boolean room = i - number >= 2
                && number == from
                && Ascii.digit(text.at(number))
                && "楼栋幢座元层院号".indexOf(text.at(from - 1)) >= 0;
        return room || behindEstate(text, from, number, i) ? i : estate(text, from, number);
    }

    /** "...中心E3-1-1205" */
    private static boolean behindEstate(Reading text, int from, int number, int end) {
        boolean dashed = false;
        for (int i = number; i < end; i++) {
            dashed |= text.at(i) == '-';
        }
        return number == from
                && dashed
                && Strength.digits(text, number, end) > 1
                && "区厦园寓场楼村心舍".indexOf(text.at(from - 1)) >= 0;
    }

    /** Part of the name of an estate, such as SOHO现代城. */
    private static boolean named(Reading text, int i) {
        char c = text.at(i);
        boolean latin = Ascii.letter(c) && (Ascii.letter(text.at(i + 1)) || Ascii.letter(text.at(i - 1)));
        return latin || (Han.is(c) && !Han.numeral(c) && STOPS.indexOf(c) < 0);
    }

    private static int estate(Reading text, int from, int to) {
        for (int i = from + 2; i < to; i++) {
            for (String estate : ESTATES) {
                if (text.matches(i, estate, false)) {
                    return i + estate.length();
                }
            }
        }
        return -1;
    }
}
