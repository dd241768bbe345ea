package dev.fogline.policies.privacy;

import java.util.Set;

/**
 * Chinese surnames: the hundred families and what else is common, and those of two characters. Left out are those that are
 * seldom surnames and often words, such as 和 and 有.
 */
final class Surnames {
    private static final String ONE = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊"
            + "白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦欧柳邢路岳齐梅庄辛"
            + "管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童甄项曲成游阳裴席卫查屈鲍位霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬"
            + "臧畅宫嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼官衣楚佟栗匡宗应台巫鞠僧桑荆"
            + "谌银扬明沙伏岑习胥保蔺云昌凤酆皮卡元平萧尧湛禹狄贝茅庞麻危骆支咎经裘缪宣贲杭诸钮嵇滑荣荀羊於惠芮羿储汲邴松富乌巴弓牧隗山宓蓬郗班仰秋伊暴钭厉"
            + "戎祖束幸韶蓟印宿怀蒲邰鄂索咸籍阴鬱苍闻莘贡劳逄扶堵宰郦雍郤璩濮寿扈郏浦尚农阎充慕茹宦鱼容慎戈庾终暨居衡步满弘国寇广禄阙殳沃利蔚越夔隆师厍晁勾"
            + "融訾阚那毋乜丰巢蒯权逯桓仉督帅缑亢况郈琴归海汝钦佘佴伯赏墨哈谯笪福陳張劉楊黃趙吳孫馬鄭謝許鄧韓馮蕭葉蘇呂盧鍾陸韋賈鄒龔嚴錢湯賴龍顏齊關紀項單"
            + "寧閻聶歐莊費譚";

    private static final String TWO = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 长孙 宇文 夏侯 轩辕 端木 独孤 南宫 西门 东郭 百里 呼延 "
            + "澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 司空 亓官 司寇 拓跋 夹谷 谷梁 公西 漆雕 乐正 公良 左丘 東方 歐陽 司馬 "
            + "諸葛 尉遲 公孫 長孫 軒轅 獨孤 南宮 西門";

    private static final String FIRST_OF_TWO = "欧司上诸东皇尉公慕令长宇夏轩端独南西百呼澹宗濮淳单太申仲钟鲜闾亓拓夹谷漆乐左東歐諸長軒獨";

    /** Behind a surname alone these make titles, places, numbers and times. */
    private static final String RARELY_GIVEN = "子氏家某总工老姓的了是在和有没不也都就要会能给对到说被把一二三四五六七八九十百千万亿元个年月日时号";

    /** Behind a surname these say who somebody is, and are no given name. */
    private static final Set<String> TITLES =
            Set.of(("先生 女士 小姐 老师 同学 医生 大夫 护士 经理 总监 教授 主任 师傅 阿姨 叔叔 大爷 大妈 大叔 大哥 大姐 夫人 太太 校长 院长"
                            + " 局长 处长 科长 部长 市长 省长 县长 镇长 村长 厂长 店长 组长 队长 班长 所长 老板 律师 法官 警官 记者 博士 姑娘 家人 某某")
                    .split(" ", -1));

    private static final char FIRST = '\u4E00';
    private static final boolean[] SINGLE = new boolean[0xA000 - FIRST];
    private static final Set<String> COMPOUND = Set.of(TWO.split(" ", -1));

    static {
        ONE.chars().forEach(c -> SINGLE[c - FIRST] = true);
    }

    private Surnames() {}

    /** Whether two characters are what follows a surname in place of a given name. */
    static boolean title(String two) {
        return TITLES.contains(two);
    }

    /** Whether a character by itself is hardly ever a given name. */
    static boolean rarelyGiven(char c) {
        return RARELY_GIVEN.indexOf(c) >= 0;
    }

    static boolean is(char c) {
        return Han.is(c) && SINGLE[c - FIRST];
    }

    static boolean within(Reading text, int from, int to) {
        for (int i = from; i < to - 1; i++) {
            if (length(text, i, to) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Of the surname that begins there, 0 where none does. */
    static int length(Reading text, int at, int end) {
        if (at + 2 < end && FIRST_OF_TWO.indexOf(text.at(at)) >= 0 && COMPOUND.contains(text.span(at, at + 2))) {
            return 2;
        }
        return is(text.at(at)) ? 1 : 0;
    }
}
