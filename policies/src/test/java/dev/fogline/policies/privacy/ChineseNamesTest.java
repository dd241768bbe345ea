package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "王建国说他明天不来了，让李梅替他值班。 | person:王建国 person:李梅",
                "患者诸葛明，男，56岁，因反复咳嗽两周入院。 | person:诸葛明",
                "出席人员：刘洋、孙丽娟、周文博、吴磊。 | person:刘洋 person:孙丽娟 person:周文博 person:吴磊",
                "{\"姓名\":\"何静\",\"联系人\":\"何大伟\",\"部门\":\"财务部\"} | person:何静 person:何大伟",
                "[{\"name\":\"徐子涵\",\"score\":92}] | person:徐子涵",
                "尊敬的张晓丽女士：您好！ | person:张晓丽",
                "原告冯建军与被告曹艳离婚纠纷一案 | person:冯建军 person:曹艳",
                "我叫龙飞，想找一份厨师的工作。 | person:龙飞",
                "姓　名：尹正　性　别：男 | person:尹正",
                "文勇 170 0000 0000 | person:文勇",
                "我的同事苏晴最近压力很大，经常失眠。 | person:苏晴",
                "患者陳美玲女士，聯絡人張國華。 | person:陳美玲 person:張國華",
                "申请人约翰·史密斯和玛丽·居里的护照 | person:约翰·史密斯 person:玛丽·居里",
                "法定代表人欧阳雪，住所地不详。 | person:欧阳雪",
            })
    void people_are_found_where_texts_name_them(String text, String names) {
        assertThat(Found.names(text)).containsExactly(names.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "高铁和动车有什么区别？云计算平台的安全策略怎么配置？",
                "任何时候都要注意安全，常用的方法有三种，方程两边同时平方。",
                "江苏和浙江哪个省的人均收入更高？黄河发源于青海省。",
                "金融行业的单位成本、平均成本和边际成本怎么计算？",
                "马上就要放假了，高中生应该如何安排学习时间？",
                "于是他们商量好，明天一早就出发，和平地解决这个问题。",
                "把下面这段话翻译成英文：时间就是金钱，知识就是力量。",
                "高血压患者可以喝咖啡吗？甘油三酯偏高要注意什么？",
                "孟子和荀子的思想有什么不同？孙子兵法有哪些计？",
                "路由器连接不上，白屏时间太长怎么优化？",
                "北京·上海·广州，第一章·概述，黑·白",
                "程序运行时间过长，余数是多少？水平方向受力。",
                "王先生说李老师是张总的同学。",
                "这家医院的口碑怎么样？哪个公司的产品更好？",
            })
    void words_that_begin_like_a_name_are_none(String text) {
        assertThat(Found.names(text)).isEmpty();
    }

    @Test
    void a_name_once_found_is_found_wherever_it_stands() {
        assertThat(Found.names("联系人：余成东。后来余成东没有再来，请余成东回电。")).containsExactly("person:余成东", "person:余成东", "person:余成东");
    }

    @Test
    void full_width_signs_and_invisible_characters_change_nothing() {
        assertThat(Found.names("｛＂ｎａｍｅ＂：＂叶\u200B雅瀚＂｝")).containsExactly("person:叶\u200B雅瀚");
    }

    @Test
    void escapes_of_json_are_read() {
        assertThat(Found.names("{\"name\":\"\\u5f90\\u5b50\\u6db5\"}")).containsExactly("person:\\u5f90\\u5b50\\u6db5");
    }

    @Test
    void a_company_is_found_by_its_legal_form_and_the_people_of_its_name_are_none() {
        assertThat(Found.names("我要起诉成都云帆科技股份有限公司，法定代表人冯娟曦。"))
                .containsExactly("organisation:成都云帆科技股份有限公司", "person:冯娟曦");
    }

    @Test
    void a_hospital_is_one_behind_the_name_of_a_place() {
        assertThat(Found.names("他在杭州市第一人民医院住院。")).containsExactly("organisation:杭州市第一人民医院");
    }

    @Test
    void a_long_stretch_without_signs_is_read_to_its_end() {
        String words = "今天我们学习".repeat(60);
        assertThat(Found.names(words + "患者王建国" + words + "患者李秀英")).containsExactly("person:王建国", "person:李秀英");
    }
}
