package dev.fogline.policies.privacy;

/** Names of foreigners as Chinese writes them, by their sound and with a dot between the parts: 约翰·史密斯. */
final class ForeignNames {
    /** What sounds are written with. */
    private static final String SOUNDS = "阿埃艾爱安奥巴白拜班邦鲍贝本比彼宾波伯勃博布查达大戴丹道德登迪蒂丁顿多厄恩尔法范菲费芬丰佛弗福夫盖甘冈戈格葛古圭哈海汉豪赫亨胡华怀惠霍"
            + "基吉加贾简杰金喀卡凯坎康考柯科克肯库夸奎拉莱赖兰朗劳勒雷黎里理利莉丽连列林琳龙卢鲁路露伦罗洛吕马玛迈麦曼芒毛梅门蒙米密明摩莫墨姆木穆拿纳娜乃南内尼妮年涅宁纽农努诺"
            + "欧帕派潘庞佩彭蓬皮匹平珀蒲浦普齐奇恰乔切琼丘曲让热仁荣茹儒瑞若萨塞赛桑瑟森沙莎山尚绍舍申圣施什史士舒朔斯丝思司松苏索塔泰坦汤唐陶特滕提田廷亭通图托瓦万旺威韦维魏温文翁"
            + "沃乌武伍西希锡夏肖歇谢辛欣休许雅亚延扬耶叶伊依易因英永尤约泽扎詹珍朱兹佐翰逊居叙杜弥哲彻茨诗芙荷莲萝薇";

    private static final boolean[] SOUND = new boolean[0xA000 - 0x4E00];
    private static final int MOST_SOUNDS = 7;
    private static final int MOST_PARTS = 4;
    private static final int FEWEST_SOUNDS = 4;
    private static final double CONFIDENCE = 0.7;

    static {
        SOUNDS.chars().forEach(c -> SOUND[c - 0x4E00] = true);
    }

    private ForeignNames() {}

    private static boolean sound(char c) {
        return Han.is(c) && SOUND[c - 0x4E00];
    }

    /** Adds the name of which the first part ends before a dot, and returns where to go on. */
    static int around(Reading text, int dot, Candidates found) {
        int start = dot;
        while (start > dot - MOST_SOUNDS && sound(text.at(start - 1))) {
            start--;
        }
        int end = dot;
        for (int parts = 1; parts < MOST_PARTS && text.at(end) == '.' && sound(text.at(end + 1)); parts++) {
            int next = end + 1;
            while (next < end + 1 + MOST_SOUNDS && sound(text.at(next))) {
                next++;
            }
            end = next;
        }
        if (start == dot || end == dot || end - start <= FEWEST_SOUNDS) {
            return dot;
        }
        found.add(FindingKind.PERSON, start, end, CONFIDENCE);
        return end;
    }
}
