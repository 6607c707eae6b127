using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources;

/// <summary>The words by which tables name the values of a record: the first of a value is written, all are read.</summary>
public static class WrittenWords
{
    public static readonly WordList<Viewpoint> Viewpoints = new((Viewpoint.Activity, "参加する活動"), (Viewpoint.Activity, "活動"), (Viewpoint.Service, "利用するサービス"), (Viewpoint.Service, "サービス"), (Viewpoint.Provider, "実施主体"), (Viewpoint.Provider, "団体"), (Viewpoint.Place, "場・拠点"), (Viewpoint.Place, "場"), (Viewpoint.Place, "拠点"), (Viewpoint.Place, "場所"));

    public static readonly WordList<Availability> Availabilities = new((Availability.Open, "空きあり"), (Availability.Open, "空き"), (Availability.Ask, "要相談"), (Availability.Full, "満員"));

    public static readonly WordList<Audience> Audiences = new((Audience.Public, "公開"), (Audience.Professionals, "専門職限定"), (Audience.Internal, "内部"), (Audience.Internal, "非公開"));

    public static readonly WordList<AddressDetail> AddressDetails = new((AddressDetail.Full, "番地まで"), (AddressDetail.Full, "公開"), (AddressDetail.Block, "町丁目まで"), (AddressDetail.Hidden, "公開しない"), (AddressDetail.Hidden, "非公開"));

    public static readonly WordList<VerificationWay> Ways = new((VerificationWay.Phone, "電話"), (VerificationWay.Visit, "訪問"), (VerificationWay.Operator, "本人"), (VerificationWay.Operator, "実施主体"), (VerificationWay.Automatic, "自動"));

    public static readonly WordList<bool> Publish = new((true, "する"), (true, "○"), (true, "◯"), (true, "可"), (true, "公開"), (true, "はい"), (true, "有"), (true, "1"), (true, "true"), (true, "あり"), (true, "済"), (true, "同意"), (true, "同意済"), (true, "同意あり"), (true, "〇"), (false, "しない"), (false, "×"), (false, "不可"), (false, "非公開"), (false, "いいえ"), (false, "無"), (false, "0"), (false, "false"), (false, "なし"), (false, "未"), (false, "不同意"), (false, "同意なし"));

    public static readonly WordList<ResourceState> States = new((ResourceState.Draft, "登録中"), (ResourceState.Draft, "準備中"), (ResourceState.Draft, "未掲載"),
        (ResourceState.Published, "掲載中"), (ResourceState.Published, "掲載"), (ResourceState.Published, "公開中"), (ResourceState.Published, "活動中"), (ResourceState.Published, "実施中"), (ResourceState.Published, "継続"), (ResourceState.Published, "継続中"), (ResourceState.Published, "営業中"),
        (ResourceState.Ended, "掲載終了"), (ResourceState.Ended, "終了"), (ResourceState.Ended, "活動終了"), (ResourceState.Ended, "廃止"), (ResourceState.Ended, "解散"), (ResourceState.Ended, "閉鎖"), (ResourceState.Ended, "閉店"), (ResourceState.Ended, "閉所"));

    /// <summary>What a table says of an activity that rests for now; the record stays published.</summary>
    public static readonly IReadOnlyList<string> Paused = ["休止", "休止中", "一時休止", "活動休止", "休会", "休会中", "休業", "休業中"];
}

public sealed class WordList<T>(params (T Value, string Word)[] words) where T : struct
{
    public string Write(T? value) => value is { } known ? words.First(word => word.Value.Equals(known)).Word : "";

    public T? Read(string written)
    {
        foreach (var (value, word) in words)
        {
            if (word == written.Trim() || Folding.Fold(written) is { Length: > 0 } key && Folding.Fold(word) == key)
            {
                return value;
            }
        }

        return null;
    }

    public string Choices => string.Join("、", words.GroupBy(word => word.Value).Select(group => $"「{group.First().Word}」"));
}
