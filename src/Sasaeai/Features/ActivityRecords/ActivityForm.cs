using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sasaeai.Data;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>What is written on paper or phone about an activity. A draft may leave out what is 必須.</summary>
public class ActivityForm
{
    /// <summary>The record's id, made with the form, so that sending it again makes no second record.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>This form, as against the same record opened elsewhere.</summary>
    public Guid Key { get; set; } = Guid.NewGuid();

    /// <summary>Counts what this form has sent.</summary>
    public int No { get; set; } = 1;

    /// <summary>What the record said when it was opened (JSON); null for a new one.</summary>
    public string? Base { get; set; }

    /// <summary>Of each field in conflict, "mine" or "theirs" (the saved one).</summary>
    public Dictionary<string, string>? Chosen { get; set; }

    /// <summary>The version of the record that the person saw when choosing.</summary>
    public int Seen { get; set; }

    [Display(Name = "会議")]
    public Guid? Meeting { get; set; }

    [Display(Name = "活動した日")]
    public DateInput OnDay { get; set; } = null!;

    [Display(Name = "始まりの時刻"), DisplayFormat(DataFormatString = "{0:HH\\:mm}", ApplyFormatInEditMode = true)]
    public TimeOnly? StartsAt { get; set; }

    [Display(Name = "かかった時間（分）"), Range(0, 1440)]
    public int? Minutes { get; set; }

    [Display(Name = "圏域"), Required(ErrorMessage = "圏域を選んでください。")]
    public Guid? Area { get; set; }

    [Display(Name = "どちらの層の活動か"), Required(ErrorMessage = "第1層相当か第2層相当かを選んでください。"), Range(1, 2)]
    public int? Layer { get; set; }

    [Display(Name = "活動の種類"), MinLength(1, ErrorMessage = "活動の種類を一つ以上選んでください。"), MaxLength(30)]
    public string[] Kinds { get; set; } = [];

    [Display(Name = "方法"), Required(ErrorMessage = "方法を選んでください。")]
    public string? Way { get; set; }

    [Display(Name = "したこと"), Required(ErrorMessage = "したことを書いてください。"), DataType(DataType.MultilineText), StringLength(4000)]
    public string What { get; set; } = "";

    [Display(Name = "SCの役割"), MaxLength(30)]
    public string[]? Functions { get; set; }

    [Display(Name = "相手の団体"), StringLength(200)]
    public string? Organization { get; set; }

    [Display(Name = "地域資源"), StringLength(200)]
    public string? Resource { get; set; }

    [Display(Name = "相手の人"), StringLength(100)]
    public string? PersonName { get; set; }

    [Display(Name = "人数"), Range(0, 100_000)]
    public int? HeadCount { get; set; }

    [Display(Name = "気づき"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Noticed { get; set; }

    [Display(Name = "次の一歩"), StringLength(400)]
    public string? NextStep { get; set; }

    [Display(Name = "次の一歩の期限")]
    public DateInput? NextDue { get; set; }

    [Display(Name = "写真")]
    public IFormFile? Photo { get; set; }

    [Display(Name = "見られる人"), EnumDataType(typeof(ActivityAudience))]
    public ActivityAudience Audience { get; set; }

    /// <summary>The form of a record that is there already.</summary>
    public static ActivityForm Of(ActivityRecord record, ActivityNames names) => new()
    {
        Id = record.Id, Base = JsonColumn.Write(record.Content), Meeting = record.MeetingId,
        OnDay = new DateInput(record.OnDay), StartsAt = record.StartsAt, Minutes = record.Minutes, Area = record.AreaId, Layer = record.Layer, Kinds = record.Kinds, Functions = record.Functions, Way = record.Way,
        PersonName = record.PersonName, Organization = names.Organization(record.OrganizationId), Resource = names.Resource(record.ResourceId), HeadCount = record.HeadCount,
        What = record.What, Noticed = record.Noticed, NextStep = record.NextStep, NextDue = record.NextDue is { } due ? new DateInput(due) : null, Audience = record.Audience,
    };

    /// <summary>A draft is not told what it lacks; what is there and cannot be read, it is.</summary>
    public static void ForgiveWhatIsMissing(ModelStateDictionary state)
    {
        foreach (var (key, entry) in state.Where(entry => string.IsNullOrWhiteSpace(entry.Value!.AttemptedValue)))
        {
            state.ClearValidationState(key);
            state.MarkFieldSkipped(key);
        }
    }
}
