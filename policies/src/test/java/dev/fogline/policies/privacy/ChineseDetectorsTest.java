package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each Chinese detector at values that nobody has, and at what looks like them. */
class ChineseDetectorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "电话021-55550123 | phone:021-55550123",
                "老师，家里是027-5550 1234 | phone:027-5550 1234",
                "联系电话：(0755)25550123 | phone:(0755)25550123",
                "公司+86 10 6555 0123 | phone:+86 10 6555 0123",
                "总机 0571-85550123-801 找他 | phone:0571-85550123-801",
                "总机0571-85550123转801 | phone:0571-85550123转801",
                "固话02155550123 | phone:02155550123",
                "座机：5550 1234 | phone:5550 1234",
                "传真是85550123。 | phone:85550123",
                "电话０２１－５５５５０１２３ | phone:０２１－５５５５０１２３",
                "护照G00000001 | passport:G00000001",
                "护照号码：EA0000001 | passport:EA0000001",
                "护照（外籍）号码 AB1234567 | passport:AB1234567",
                "e00000001是我的护照号 | passport:e00000001",
                "护照 G 0000 0001 | passport:G 0000 0001",
                "港澳通行证 C00000001 | travel_permit:C00000001",
                "往来港澳通行证号CA0000001 | travel_permit:CA0000001",
                "回乡证：H0000000001 | travel_permit:H0000000001",
                "台胞证号码为00000001 | travel_permit:00000001",
                "驾驶证档案编号 440300000001 | driver_licence:440300000001",
                "社保卡号 A00000001 | cn_social_card:A00000001",
                "医保卡：0000000001 | cn_social_card:0000000001",
                "病历号 ZY00012345 | medical_record:ZY00012345",
                "住院号：0001234 | medical_record:0001234",
                "门诊号 MZ-20230001-01 | medical_record:MZ-20230001-01",
                "患者ID：P0001234 | medical_record:P0001234",
                "0001234是他的住院号 | medical_record:0001234",
                "对公账户 000100020003 | bank_account:000100020003",
                "军官证 军字第0000001号 | national_id:0000001",
                "台湾身分证 A100000001 | national_id:A100000001",
                "加微信zhang_san88 | wechat:zhang_san88",
                "微信号：abcdefgh | wechat:abcdefgh",
                "vx: li-si-99 | wechat:li-si-99",
                "wxid_0a1b2c3d4e5f | wechat:wxid_0a1b2c3d4e5f",
                "wang5_wu是我的微信 | wechat:wang5_wu",
                "QQ12345678 | qq:12345678",
                "我的qq号是１２３４５６７８ | qq:１２３４５６７８",
                "QQ群：123456789 | qq:123456789",
                "12345678（QQ） | qq:12345678",
                "出生日期：1990-01-02 | date_of_birth:1990-01-02",
                "1988年8月8日生，汉族 | date_of_birth:1988年8月8日",
                "生日是3月5日 | date_of_birth:3月5日",
                "出生年月 1992.10 | date_of_birth:1992.10",
                "她生于1975年3月 | date_of_birth:1975年3月",
                "出生日期19900102 | date_of_birth:19900102"
            })
    void a_value_that_the_text_names_is_found(String text, String expected) {
        assertThat(Found.in(text)).containsExactly(expected);
        Detectors chinese = Detectors.of(Set.of(DetectorGroup.PII_ZH));
        assertThat(chinese.find(text))
                .isNotEmpty()
                .allMatch(finding -> chinese.kinds().contains(finding.kind()));
        assertThat(Detectors.of(Set.of(DetectorGroup.SECRETS)).find(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我的车京A12345被刮了 | plate:京A12345",
                "车牌沪·B00001 | plate:沪·B00001",
                "车牌京·C00001 | plate:京·C00001",
                "新能源车 粤B-D00001 | plate:粤B-D00001",
                "浙AF00001 | plate:浙AF00001",
                "车主 渝D 000F | ''",
                "粤Z1234港 | plate:粤Z1234港",
                "车牌号川a0k2l9 | plate:川a0k2l9",
                "最新A12345型号的电脑 | ''",
                "阿里云B12345实例 | ''",
                "云A | ''",
                "豫I00001 | ''"
            })
    void plates_are_told_from_words_before_model_numbers(String text, String expected) {
        assertThat(String.join(" ", Found.in(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "收件地址：四川省成都市武侯区某某南路四段605号某某社区25栋4单元2355室 | 四川省成都市武侯区某某南路四段605号某某社区25栋4单元2355室",
                "已发往辽宁省大连市中山区人民路630号20号楼1750，请查收 | 辽宁省大连市中山区人民路630号20号楼1750",
                "住所地云南省昆明市盘龙区北京路433号，起诉状怎么写 | 云南省昆明市盘龙区北京路433号",
                "重庆市渝中区某某步行街28号某某花园25栋2单元3145室 | 重庆市渝中区某某步行街28号某某花园25栋2单元3145室",
                "浙江省 杭州市 西湖区 某某路 123号 3幢2单元501室 | 浙江省 杭州市 西湖区 某某路 123号 3幢2单元501室",
                "收货地址：朝阳区某某路88号SOHO城A座1203 | 朝阳区某某路88号SOHO城A座1203",
                "上海市徐汇区某某北路1200弄5号601室 | 上海市徐汇区某某北路1200弄5号601室",
                "河南省周口市沈丘县某某镇某某村12组 | 河南省周口市沈丘县某某镇某某村12组",
                "我家在幸福小区5号楼3单元502室。 | 幸福小区5号楼3单元502室",
                "内蒙古自治区呼和浩特市赛罕区某某西街235号 | 内蒙古自治区呼和浩特市赛罕区某某西街235号"
            })
    void an_address_is_found_from_its_largest_unit_to_its_smallest(String text, String address) {
        assertThat(Found.in(text)).containsExactly("address:" + address);
    }

    @Test
    void a_number_of_one_length_is_found_where_a_line_break_parts_it() {
        assertThat(Found.in("护照号G0000\n0001，有效")).containsExactly("passport:G0000\n0001");
        assertThat(Found.in("病历号0000001\n12岁")).containsExactly("medical_record:0000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "请拨打 12315 或者 400-555-0123 客服热线",
                "客服 95588、10086、800-810-0000",
                "股票代码 600519 和 000858",
                "订单号021-55550123",
                "版本 0.21.55550123",
                "航班 CA0754 和高铁 G8786",
                "G00000001 这个型号怎么样",
                "护照和签证有什么区别？",
                "护照过期了，订单 1234 怎么办",
                "医保报销 2023 年标准",
                "社保缴费 15 年",
                "住院 20230501 到 20230510",
                "病历怎么写，字数 2000",
                "用微信支付API怎么接入 openid",
                "微信小程序 wx.login 和 wx:for-items",
                "微信公众号的 access_token 过期",
                "QQ音乐 2023 年榜单",
                "QQ邮箱怎么注册",
                "今天是2026年11月23日，距离春节还有几天",
                "2020年1月1日生效",
                "身份证有效期2020.01.01-2040.01.01",
                "北京市海淀区有哪些大学",
                "上海到北京怎么走，地铁2号线能到吗",
                "3月5号去南京路步行街",
                "第3号文件",
                "室温25度，号码 5",
                "人民路上有什么好吃的"
            })
    void what_only_looks_like_one_is_none(String text) {
        assertThat(Found.in(text)).isEmpty();
    }
}
