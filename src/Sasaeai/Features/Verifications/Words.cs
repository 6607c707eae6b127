using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Verifications;

public static class Words
{
    public static string InJapanese(this VerificationWay how) => how switch
    {
        VerificationWay.Phone => "電話",
        VerificationWay.Visit => "訪問",
        VerificationWay.Operator => "本人の回答",
        _ => "自動",
    };
}
