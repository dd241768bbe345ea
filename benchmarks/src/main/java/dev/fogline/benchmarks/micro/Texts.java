package dev.fogline.benchmarks.micro;

/**
 * What detectors read: prose with and without figures, source code, text dense with what they look for, and text made to keep
 * them busy without being anything. The numbers are of test ranges or break their checksum on purpose.
 */
public enum Texts {
    PROSE(
            "Please explain how a transformer model attends to earlier words, and why the cost grows with the square of the length"
                    + " of the text that it reads. Give an example in plain words, and say what people do about it. "),
    PROSE_CHINESE("请解释一下，Transformer 模型怎样关注前面的词，以及为什么成本随所读文本长度的平方增长。请用浅显的话举一个例子，并说说人们是怎样应对的。"),
    ORDINARY(
            "On 2026-03-14 at 06:42 the supply temperature of loop B rose from 18.4 to 23.9 degrees within 11 minutes while"
                    + " pump 2 kept its speed of 1,480 rpm. The operator on shift reduced the load of rack 12 by 30 % and switched"
                    + " to the second heat exchanger. "),
    CHINESE("三月十四日六时四十二分，B回路供水温度在十一分钟内由18.4度升至23.9度，二号泵转速保持每分钟1480转。值班人员将12号机柜负载降低三成，并切换到第二换热器。"),
    CODE("""
                public List<Row> load(String table, int limit) throws SQLException {
                    try (var statement = connection.prepareStatement("select id, name from " + table + " where id > ? limit 100")) {
                        statement.setInt(1, limit);
                        return rows(statement.executeQuery());
                    }
                }
            """),
    DENSE_CHINESE("客户王小明，身份证号11010519491231002X，手机138 0013 8000，住址：北京市朝阳区建国路88号院3号楼1201室，银行卡6222 0212 3456 7890"
            + " 128，微信号wang_xm1990，车牌京A·12345，邮箱wxm@example.cn，护照E12345678。"),
    DENSE("Call 13800138000 or write to li.lei@example.com; card 4111 1111 1111 1111; id 11010519491231002X; key"
            + " sk-proj-aBcDeFgHiJkLmNoPqRsTuVwXyZ012345; password: tR0ub4dor&3xyz. "),
    HOSTILE("4111111111111112 a@b 138001380 password password= sk-sk-sk- 11010519491231002 @@@@ 6222 6222 6222 Bearer"
            + " Bearer eyJ eyJ. AKIA AKIA token:token:token: ");

    private final String sample;

    Texts(String sample) {
        this.sample = sample;
    }

    /** As many characters of it. */
    String characters(int length) {
        return sample.repeat(length / sample.length() + 1).substring(0, length);
    }

    /** A chat request with that text, as bytes. */
    byte[] body(int length) {
        return ("{\"model\":\"auto\",\"temperature\":0.2,\"max_tokens\":256,\"stream\":true,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"You are a helpful assistant. Answer briefly.\"},"
                        + "{\"role\":\"user\",\"content\":\"" + characters(length) + "\"}]}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
