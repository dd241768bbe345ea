package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Chinese documents whose numbers have no check digit, or one that is often wrong: a word must name them. */
final class ChineseDocuments {
    private ChineseDocuments() {}

    static List<Anchor.Use> anchors() {
        var uses = new ArrayList<Anchor.Use>();
        labels(uses, '护', FindingKind.PASSPORT, ChineseDocuments::passport, "护照");
        labels(uses, '证', FindingKind.TRAVEL_PERMIT, ChineseDocuments::travelPermit, "通行证", "回乡证", "台胞证", "港澳证", "返乡证");
        labels(uses, '護', FindingKind.PASSPORT, ChineseDocuments::passport, "護照");
        labels(uses, '證', FindingKind.TRAVEL_PERMIT, ChineseDocuments::travelPermit, "通行證", "回鄉證", "台胞證");
        labels(uses, '驶', FindingKind.DRIVER_LICENCE, ChineseDocuments::driverLicence, "驾驶证");
        labels(uses, '驾', FindingKind.DRIVER_LICENCE, ChineseDocuments::driverLicence, "驾照", "驾证");
        labels(
                uses,
                '保',
                FindingKind.CN_SOCIAL_CARD,
                ChineseDocuments::socialCard,
                "社保卡",
                "社保号",
                "社保账号",
                "社保编号",
                "社保个人编号",
                "社会保障卡",
                "社会保障号",
                "社会保险号",
                "社会保险卡",
                "医保卡",
                "医保号",
                "医保编号",
                "医保账号",
                "医疗保险卡",
                "医疗保险号");
        labels(
                uses,
                '病',
                FindingKind.MEDICAL_RECORD,
                ChineseDocuments::medicalRecord,
                "病历号",
                "病历编号",
                "病历本号",
                "病历ID",
                "病例号",
                "病案号",
                "病案编号",
                "病人号",
                "病人编号",
                "病人ID",
                "病理号",
                "病床号");
        labels(uses, '检', FindingKind.MEDICAL_RECORD, ChineseDocuments::medicalRecord, "检查号", "体检号", "体检编号", "检验单号");
        labels(uses, '影', FindingKind.MEDICAL_RECORD, ChineseDocuments::medicalRecord, "影像号", "摄影号");
        labels(
                uses,
                '诊',
                FindingKind.MEDICAL_RECORD,
                ChineseDocuments::medicalRecord,
                "就诊号",
                "就诊卡",
                "就诊编号",
                "就诊ID",
                "就诊序号",
                "就诊流水号",
                "门诊号",
                "门诊编号",
                "门诊病历",
                "急诊号",
                "诊疗号",
                "诊疗卡",
                "诊断编号");
        labels(
                uses,
                '院',
                FindingKind.MEDICAL_RECORD,
                ChineseDocuments::medicalRecord,
                "住院号",
                "住院编号",
                "住院登记号",
                "住院病历",
                "住院流水号");
        labels(
                uses,
                '患',
                FindingKind.MEDICAL_RECORD,
                ChineseDocuments::medicalRecord,
                "患者编号",
                "患者号",
                "患者ID",
                "患者id",
                "患者登记号",
                "患者代码");
        labels(
                uses,
                '账',
                FindingKind.BANK_ACCOUNT,
                ChineseDocuments::bankAccount,
                "银行账号",
                "银行账户",
                "对公账号",
                "对公账户",
                "收款账号",
                "收款账户",
                "开户账号",
                "结算账户",
                "公司账户",
                "公司账号");
        labels(uses, '官', FindingKind.NATIONAL_ID, ChineseDocuments::officer, "军官证", "警官证", "文职证");
        labels(uses, '兵', FindingKind.NATIONAL_ID, ChineseDocuments::officer, "士兵证");
        labels(uses, '港', FindingKind.NATIONAL_ID, ChineseDocuments::hongKong, "香港身份证", "香港居民身份证", "香港永久性居民身份证");
        labels(uses, '湾', FindingKind.NATIONAL_ID, ChineseDocuments::taiwan, "台湾身份证", "台湾身分证", "台湾居民身份证");
        labels(uses, '用', FindingKind.USCC, CreditCode::shaped, "信用代码", "信用代码证");
        labels(uses, '税', FindingKind.USCC, CreditCode::shaped, "税号", "税务登记号", "纳税人识别号", "纳税识别号", "开票税号");
        labels(uses, '执', FindingKind.USCC, CreditCode::shaped, "营业执照");
        return List.copyOf(uses);
    }

    private static void labels(List<Anchor.Use> uses, char anchor, FindingKind kind, Code.Form form, String... labels) {
        uses.add(new Anchor.Use(
                new Anchor.Sign(anchor),
                new Labelled(
                        kind,
                        Stream.of(labels)
                                .map(label -> new Labelled.Label(label, label.indexOf(anchor)))
                                .toList(),
                        form,
                        kind == FindingKind.USCC ? CreditCode::checks : null)));
    }

    /** Ordinary ones are E or G and 8 digits, or E, a letter and 7; others up to two letters, or nine digits. */
    private static boolean passport(String code) {
        int letters = Code.letters(code);
        int digits = Code.digits(code);
        return letters + digits == code.length()
                && (letters == 0 ? digits == 9 : letters <= 2 && code.length() >= 8 && code.length() <= 10);
    }

    /** To Hong Kong and Macao C or W, to Taiwan L or T; from there H or M with 8 or 10 digits, or 8 digits. */
    private static boolean travelPermit(String code) {
        int letters = Code.letters(code);
        int digits = Code.digits(code);
        return switch (letters) {
            case 0 -> digits == 8 || digits == 10;
            case 1 -> letters + digits == code.length() && (digits == 8 || digits == 10);
            case 2 -> letters + digits == code.length() && digits == 7;
            default -> false;
        };
    }

    /** The number of the identity card, or of the file: 12 digits. */
    private static boolean driverLicence(String code) {
        return Code.letters(code) == 0 && (code.length() == 12 || code.length() == 15 || code.length() == 18);
    }

    private static boolean socialCard(String code) {
        return code.length() <= 20 && Code.letters(code) <= 3 && Code.digits(code) >= 6;
    }

    private static boolean medicalRecord(String code) {
        return Code.digits(code) >= 4 && Code.letters(code) <= 6;
    }

    private static boolean bankAccount(String code) {
        return Code.letters(code) == 0 && code.length() >= 9 && Code.digits(code) == code.length();
    }

    private static boolean officer(String code) {
        return code.length() >= 6 && code.length() <= 10 && Code.digits(code) == code.length();
    }

    private static boolean hongKong(String code) {
        int letters = Code.letters(code);
        return (letters == 1 || letters == 2) && code.length() >= letters + 6 && code.length() <= letters + 7;
    }

    private static boolean taiwan(String code) {
        return code.length() == 10 && Code.letters(code) == 1 && Code.digits(code) == 9;
    }
}
