package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please call Rachel Zheng before noon. | Rachel Zheng",
                "Mr. Yaco Angulo and Dr Růžena Király will join. | Yaco Angulo;Růžena Király",
                "My name is Szabina and I need help. | Szabina",
                "my name is lena andersson. | lena andersson",
                "Dear Belal,\\nthank you | Belal",
                "Kind regards,\\nTolgay Ürgen | Tolgay Ürgen",
                "Name: Åsa Laine\\nPhone: none | Åsa Laine",
                "From: Felipe Lozano <f@example.org> | Felipe Lozano",
                "I'm Jaroslava Pokorná, from the front desk. | Jaroslava Pokorná",
                "The account is under Rosita B. Winkelblech now. | Rosita B. Winkelblech",
                "signed by Maika van de Noort yesterday | Maika van de Noort",
                "the patient's wife Grace called | Grace",
                "J. Hernandez signed the form. | J. Hernandez",
                "Zhang Xiaowei and Liu Ying met. | Zhang Xiaowei;Liu Ying",
                "Ivan King wrote the report. | Ivan King",
                "Mr.Rana said so | Rana",
                "Monika's laptop is broken. | Monika",
                "My name is Hye-jin Park. | Hye-jin Park",
                "{\"first_name\": \"Ingrid\", \"last_name\": \"Solberg\"} | Ingrid;Solberg",
                "Signed, Bartholomew Quigley | Bartholomew Quigley",
                "Satu Elomo\\n\\n45818 Kangerlussuaq | Satu Elomo",
                "O'Brien: no. Siobhan O'Brien: yes. | Siobhan O'Brien",
            })
    void people_are_found_where_texts_name_them(String text, String names) {
        String[] expected = names.split(";", -1);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = "person:" + expected[i];
        }
        assertThat(Found.names(text.replace("\\n", "\n"))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In May and June the weather in Paris, Austin and Victoria is fine.",
                "Will you mark the grant as paid? Hope so. Grace matters.",
                "Use Ruby, Julia, Jasmine or Jenkins; Swift and Scala work too.",
                "Dear Sir or Madam, Dear Hiring Manager, Dear Team, Hello World, Hi there,",
                "Explain the Jordan River, Lincoln Center and Madison Avenue.",
                "The Robert Street Bridge and the Thomas Theorem.",
                "This is Business Class. I am Senior Engineer. I am American.",
                "from: Data Science, to: Machine Learning, subject: Deep Learning",
                "import java.util.List; class Parser extends Base { String name; }",
                "@Robert fixed src/Robert/Main.java and Robert_1",
                "Minimum Qualifications: Bachelor of Science. Technical Environment: Linux.",
                "The Conjunctive Normal Form of A B C, Hyre A Pro, option X Y",
                "You may call Total V. Ltd a name. Best Regards, Thanks,",
                "GDP of China and India; the Virginia Company",
            })
    void words_with_capitals_are_no_people(String text) {
        assertThat(Found.names(text)).noneMatch(found -> found.startsWith("person:"));
    }

    @Test
    void parts_of_a_full_name_are_found_alone() {
        assertThat(Found.names("Anika Zimmermann left. Zimmermann says that Anika was ill."))
                .containsExactly("person:Anika Zimmermann", "person:Zimmermann", "person:Anika");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "We bought it from Wuhan Cntsun New Energy Co., Ltd. last year. | Wuhan Cntsun New Energy Co., Ltd.",
                "He joined Crown Point Corporation. | Crown Point Corporation",
                "BOMBAY HYBRID SEEDS LTD was founded | BOMBAY HYBRID SEEDS LTD",
                "a nurse at Norwegian Radium Hospital | Norwegian Radium Hospital",
                "She studied at the University of Oslo. | University of Oslo",
                "I work for Xignite and live here. | Xignite",
            })
    void organisations_are_found_that_say_what_they_are(String text, String name) {
        assertThat(Found.names(text)).containsExactly("organisation:" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The company and the bank are in the same group.",
                "As of today, Co is cobalt and SA is short for South Africa.",
                "Which University is best? Our School is closed.",
                "I work at home and at night, I work for The best.",
            })
    void words_for_organisations_alone_are_none(String text) {
        assertThat(Found.names(text)).noneMatch(found -> found.startsWith("organisation:"));
    }
}
