package dev.fogline.policies.privacy;

import java.util.HashSet;
import java.util.Set;

/** Chinese surnames: the hundred families and what else is common, and those of two characters. */
final class Surnames {
    private static final String ONE = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
            + "汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季"
            + "俞章鲁葛伍申尤毕聂柴焦欧柳邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包"
            + "司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭"
            + "窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮卡齐元平"
            + "和萧尧湛汪祁毛禹狄贝臧计伏戴茅庞熊纪舒屈项祝梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞支柯咎管卢莫"
            + "经房裘缪干解应宗丁宣贲邓郁杭洪诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松段富巫乌焦巴弓牧隗山谷车侯宓蓬全"
            + "郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄"
            + "姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄"
            + "阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海"
            + "晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪年爱阳佟言福"
            + "陳張劉楊黃趙吳孫馬鄭謝許鄧韓馮蕭葉蘇呂盧鍾陸韋賈鄒龔嚴錢湯賴龍顏齊關紀項單寧閻聶歐莊費盧譚";

    /** Characters that are surnames on paper, and in texts next to always something else. */
    private static final String HARDLY = "和有来别年爱从能双通相后红有家养空干都水法言公东原时益须于";

    private static final String TWO = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 长孙 宇文 夏侯 轩辕 端木 独孤 南宫 西门 东郭 百里 呼延 "
            + "澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 司空 亓官 司寇 拓跋 夹谷 谷梁 公西 漆雕 乐正 公良 左丘 東方 歐陽 司馬 "
            + "諸葛 尉遲 公孫 長孫 軒轅 獨孤 南宮 西門";

    /** Behind a surname alone these make titles, places, numbers and times. */
    private static final String RARELY_GIVEN = "子氏家某总工老姓的了是在和有一二三四五六七八九十百千万亿元个年月日时号";

    /** Behind a surname these say who somebody is, and are no given name. */
    private static final Set<String> TITLES = Set.of(
            "先生 女士 小姐 老师 同学 医生 大夫 护士 经理 总监 教授 主任 师傅 阿姨 叔叔 大爷 大妈 大叔 大哥 大姐 夫人 太太 校长 院长 局长 处长 科长 部长 市长 省长 县长 镇长 村长 厂长 店长 组长 队长 班长 所长 老板 律师 法官 警官 记者 博士 姑娘 家人 某某"
                    .strip()
                    .split(" "));

    private static final boolean[] SINGLE = new boolean[0xA000 - 0x4E00];
    private static final Set<String> COMPOUND = new HashSet<>(Set.of(TWO.split(" ")));

    static {
        ONE.chars().forEach(c -> SINGLE[c - 0x4E00] = true);
        HARDLY.chars().forEach(c -> SINGLE[c - 0x4E00] = false);
        SINGLE['于' - 0x4E00] = true;
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
        return Han.is(c) && SINGLE[c - 0x4E00];
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
        if (at + 2 < end && COMPOUND.contains(text.span(at, at + 2))) {
            return 2;
        }
        return is(text.at(at)) ? 1 : 0;
    }
}
