package dev.fogline.policies.privacy;

/** The mark of a Google Cloud credential file, {@code "type": "service_account"}: wherever it stands, a key stands with it. */
record ServiceAccount() implements Detector {
    private static final String TYPE = "\"type\":";

    @Override
    public void at(Reading text, int at, Candidates found) {
        int end = at + "service_account".length();
        int type = at - 1;
        while (type > at - 4 && text.at(type - 1) == ' ') {
            type--;
        }
        if (text.at(at - 1) == '"' && text.at(end) == '"' && text.matches(type - TYPE.length(), TYPE, false)) {
            found.add(FindingKind.API_KEY, type - TYPE.length(), end + 1, 0.7);
        }
    }
}
