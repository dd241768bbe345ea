package dev.fogline.policies.privacy;

import com.hankcs.hanlp.collection.trie.DoubleArrayTrie;
import com.hankcs.hanlp.corpus.tag.NR;
import com.hankcs.hanlp.corpus.tag.Nature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * HanLP's dictionaries of words, and of the roles that words and characters play in names and beside them, as costs in
 * nats: what is rarer costs more. They are read from the library's archive when names are first looked for. The library's
 * own segmenter stays unused: it makes many objects for each character, reads settings from where it is started, and
 * holds five times the memory. Immutable.
 */
final class ChineseWords {
    private static final String WORDS = "/data/dictionary/CoreNatureDictionary.mini.txt.bin";
    private static final String MORE_WORDS = "/data/dictionary/custom/CustomDictionary.txt.bin";
    private static final String SIMPLIFIED = "/data/dictionary/tc/t2s.txt";
    private static final String ROLES = "/data/dictionary/person/nr.txt.bin";

    /** Words of today that begin like a name, and that both dictionaries lack. */
    private static final String NEW_WORDS = "翻译成 译成 改成 换成 转成 做成 写成 说成 当成 看成 存成 变成 生成 合成 集成 分成 拆成 编成 排成 算成 读成 "
            + "白屏 黑屏 花屏 全角 全栈 全屏 全网 全链路 高亮 高并发 高可用 高性能 高精度 高端 高频 高薪 高阶 高管 高配 小红书 解耦 解压 解构 解包 解绑 "
            + "白名单 黑名单 白嫖 单例 单测 单元测试 单点登录 单线程 单链路 单链表 单文档 单选 单页 单车 单品 单双号 单反 单身 冷启动 冷热水 冷链 冷备 易用 "
            + "易读 易懂 易错 池化 双击 双指针 双向 双因素 双写 双十一 温控 时长 时延 时区 时序 万行 万字 万元 万级 程序员 程序化 支付宝 路由 路由器 "
            + "路由表 段落 段文本 段代码 段话 段时间 段文字 储存 储线程 包管理 包名 包邮 安卓 安检 安装包 连表 连接池 连线 连麦 甘特图 管培生 管理员 "
            + "金句 金牌 成片 成文 成品 毛利 毛利率 费率 费控 强制 强化 强相关 陆续 和弦 江湖 景区 云端 云服务 云原生 云盘 云主机 席卷 顾虑 应届 应届生 "
            + "应聘 任选 任一 任意 任职 任课 常量 常态 常驻 常开 方差 方框 方程组 向量 向下 向上 明文 明细 武侠 终端 终止 关键词 关键字 关联 关节 "
            + "关停 关注 查重 查表 查漏 查杀 党建 党课 别名 别墅 包装 车企 车险 车贷 车位 马甲 马赛克 牛市 熊市 牛油果 羊毛 鱼油 龙头 龙虾 花呗 花费 "
            + "黄叶 黄牛 黄豆 黄油 黄瓜 白酒 白领 白噪音 石膏 古诗 古诗文 古风 古早 水印 水管 广告语 游标 游玩 游资 房贷 房源 房租 房产 曲线图 "
            + "项目组 项目制 商家 商用 商单 农产品 农历 习题 文案 文生图 史诗 宣发 宣讲 封号 封控 申论 申诉 阳性 阳台 钱包 钟表 柳叶 林下 "
            + "林地 田间 雷区 雷达图 伏笔 童话 童装 华语 宫颈 宫斗 荣耀 庄家 干货 干细胞 荀子 孟子 孔子 老子 庄子 孙子 曾子 韩非子 孙女 孙子 莫名 "
            + "甲乙丙 丁戊 计件 计时 计费 计提 何以 何时 何处 何必 余额 余弦 余数 宁可 宁愿 梅雨 梅花 苗条 柴油 焦糖 焦虑 温柔 相亲";

    private static final char FIRST = '\u4E00';
    private static final char LAST = '\u9FFF';

    /** What stands more often is no word but a mark, such as the one for "here a number stood". */
    private static final int MOST_FREQUENT = 100_000;

    private static final double SMOOTHING = 0.5;

    /** What a character that nobody has seen in a role costs in it; about what the smoothing gives. */
    private static final float UNSEEN = 13;

    /** A word that only the newer dictionary knows, whose counts are of another size. */
    private static final float NEW_WORD = 11;

    private static final float MOST_HINT = 4;
    private static final float LEAST_HINT = -1.5f;

    /**
     * What a word, or a character, is to names; costs as surname, as first and last character of a given name, and as the
     * only one.
     *
     * @param before of standing before a name
     * @param after of standing behind one
     */
    record Role(float surname, float first, float last, float only, float before, float after) {}

    /** Of what never stood in a name or beside one. */
    static final Role NONE = new Role(UNSEEN, UNSEEN, UNSEEN, UNSEEN, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);

    private final DoubleArrayTrie<Float> words = new DoubleArrayTrie<>();
    private final DoubleArrayTrie<Boolean> moreWords = new DoubleArrayTrie<>();
    private final DoubleArrayTrie<Boolean> newWords = newWords();
    private final DoubleArrayTrie<Role> roles = new DoubleArrayTrie<>();

    /** What a character of the traditional script is in the simplified one, which the dictionaries are written in. */
    private final char[] simplified = simplified();

    ChineseWords() {
        load(words, WORDS, ChineseWords::costs);
        load(moreWords, MORE_WORDS, ChineseWords::areWords);
        load(roles, ROLES, ChineseWords::roles);
    }

    private static DoubleArrayTrie<Boolean> newWords() {
        var words = new TreeMap<String, Boolean>();
        for (String word : NEW_WORDS.split(" ", -1)) {
            words.put(word, true);
        }
        return new DoubleArrayTrie<>(words);
    }

    private interface Values<V> {
        V[] read(ByteBuffer bytes);
    }

    private static <V> void load(DoubleArrayTrie<V> trie, String resource, Values<V> values) {
        byte[] all = bytes(resource);
        ByteBuffer bytes = ByteBuffer.wrap(all);
        V[] read = values.read(bytes);
        trie.load(all, bytes.position(), read);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = DoubleArrayTrie.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("a dictionary of names is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines such as {@code 萬=万}; of those for several characters none is needed. */
    private static char[] simplified() {
        var table = new char[LAST - FIRST + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = (char) (FIRST + i);
        }
        new String(bytes(SIMPLIFIED), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.length() == 3 && Han.is(line.charAt(0)) && line.charAt(1) == '=')
                .forEach(line -> table[line.charAt(0) - FIRST] = line.charAt(2));
        return table;
    }

    private char simple(char c) {
        return c >= FIRST && c <= LAST ? simplified[c - FIRST] : c;
    }

    private static Float[] costs(ByteBuffer bytes) {
        var counts = new int[bytes.getInt()];
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = bytes.getInt();
            sum += counts[i] > MOST_FREQUENT ? 0 : counts[i];
            int natures = bytes.getInt();
            bytes.position(bytes.position() + natures * 2 * Integer.BYTES);
        }
        var costs = new Float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            costs[i] = cost(counts[i], sum);
        }
        return costs;
    }

    /** Of words that the other dictionary may lack, whether they are any but names. */
    private static Boolean[] areWords(ByteBuffer bytes) {
        var words = new Boolean[bytes.getInt()];
        for (int i = 0; i < words.length; i++) {
            bytes.getInt();
            int natures = bytes.getInt();
            words[i] = natures == 0 || bytes.getInt(bytes.position()) != Nature.nr.ordinal();
            bytes.position(bytes.position() + natures * 2 * Integer.BYTES);
        }
        return words;
    }

    private static Role[] roles(ByteBuffer bytes) {
        var counts = new int[bytes.getInt()][NR.values().length];
        var sums = new long[NR.values().length];
        for (int[] item : counts) {
            for (int left = bytes.getInt(); left > 0; left--) {
                int role = bytes.getInt();
                item[role] = bytes.getInt();
                sums[role] += item[role];
            }
        }
        var roles = new Role[counts.length];
        for (int i = 0; i < counts.length; i++) {
            int[] item = counts[i];
            int between = item[NR.M.ordinal()];
            roles[i] = new Role(
                    cost(item, NR.B, sums),
                    cost(item, NR.C, sums),
                    cost(item, NR.D, sums),
                    cost(item, NR.E, sums),
                    cost(item[NR.K.ordinal()] + between, sums[NR.K.ordinal()] + sums[NR.M.ordinal()]),
                    cost(item[NR.L.ordinal()] + between, sums[NR.L.ordinal()] + sums[NR.M.ordinal()]));
        }
        return roles;
    }

    private static float cost(int[] item, NR role, long[] sums) {
        return cost(item[role.ordinal()], sums[role.ordinal()]);
    }

    private static float cost(int count, long sum) {
        return (float) -Math.log((count + SMOOTHING) / sum);
    }

    /** A way into the dictionaries, one character after the other. One thread. */
    final class Walk {
        private int word;
        private int more;
        private int newer;
        private int role;

        /** To before the first character. */
        void start() {
            word = words.getBase()[0];
            more = moreWords.getBase()[0];
            newer = newWords.getBase()[0];
            role = roles.getBase()[0];
        }

        /** Whether some word goes on so. */
        boolean to(char written) {
            char c = simple(written);
            word = word < 0 ? word : words.transition(c, word);
            more = more < 0 ? more : moreWords.transition(c, more);
            newer = newer < 0 ? newer : newWords.transition(c, newer);
            role = role < 0 ? role : roles.transition(c, role);
            return word >= 0 || more >= 0 || newer >= 0;
        }

        /** Of the word that ends here; infinite where none does. */
        float cost() {
            Float cost = word < 0 ? null : words.output(word);
            if (cost != null) {
                return cost;
            }
            boolean known = isWord(moreWords, more) || isWord(newWords, newer);
            return known ? NEW_WORD : Float.POSITIVE_INFINITY;
        }

        private static boolean isWord(DoubleArrayTrie<Boolean> trie, int state) {
            return state >= 0 && Boolean.TRUE.equals(trie.output(state));
        }

        Role role() {
            Role found = role < 0 ? null : roles.output(role);
            return found == null ? NONE : found;
        }
    }

    Walk walk() {
        return new Walk();
    }

    /** Of one character. */
    Role role(char c) {
        int state = roles.transition(simple(c), roles.getBase()[0]);
        Role found = state < 0 ? null : roles.output(state);
        return found == null ? NONE : found;
    }

    /** How much a neighbour speaks for a name: by how much it is likelier there than anywhere; negative: against one. */
    static float hint(float wordCost, float besideName) {
        float hint = besideName == Float.POSITIVE_INFINITY ? wordCost - UNSEEN : wordCost - besideName;
        float most = besideName == Float.POSITIVE_INFINITY ? 0 : MOST_HINT;
        return Math.clamp(hint, LEAST_HINT, most);
    }
}
