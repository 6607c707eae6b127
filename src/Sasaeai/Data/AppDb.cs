using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.ActivityReports;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Postings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Fundings;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Plans;
using Sasaeai.Features.RideChecks;
using Sasaeai.Features.Subsidies;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Features.Verifications;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Features.Voices;
using Sasaeai.Features.WeeklyPlans;
using VisitReport = Sasaeai.Features.VisitReports.VisitReport;

namespace Sasaeai.Data;

/// <summary>
/// Maps the entities to the schema that the SQL files make. Each query is held to the current town twice:
/// by the filter here (which plans and a distributed database need) and by row security in the database.
/// </summary>
public class AppDb(DbContextOptions<AppDb> options, CurrentTown town) : DbContext(options)
{
    public DbSet<Municipality> Municipalities => Set<Municipality>();
    public DbSet<TownRule> TownRules => Set<TownRule>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<Area> Areas => Set<Area>();
    public DbSet<AreaParent> AreaParents => Set<AreaParent>();
    public DbSet<Population> Populations => Set<Population>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<CodeItem> CodeItems => Set<CodeItem>();
    public DbSet<Trouble> Troubles => Set<Trouble>();
    public DbSet<Synonym> Synonyms => Set<Synonym>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Resource> Resources => Set<Resource>();
    public DbSet<Verification> Verifications => Set<Verification>();
    public DbSet<ContactTry> ContactTries => Set<ContactTry>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<MistakeReport> MistakeReports => Set<MistakeReport>();
    public DbSet<ConfirmationRequest> ConfirmationRequests => Set<ConfirmationRequest>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<Voice> Voices => Set<Voice>();
    public DbSet<Body> Bodies => Set<Body>();
    public DbSet<Department> Departments => Set<Department>();
    public DbSet<Issue> Issues => Set<Issue>();
    public DbSet<IssueMove> IssueMoves => Set<IssueMove>();
    public DbSet<IssueResource> IssueResources => Set<IssueResource>();
    public DbSet<IssueEvidence> IssueEvidence => Set<IssueEvidence>();
    public DbSet<Handover> Handovers => Set<Handover>();
    public DbSet<Initiative> Initiatives => Set<Initiative>();
    public DbSet<InitiativeStep> InitiativeSteps => Set<InitiativeStep>();
    public DbSet<InitiativePartner> InitiativePartners => Set<InitiativePartner>();
    public DbSet<InitiativeIssue> InitiativeIssues => Set<InitiativeIssue>();
    public DbSet<Council> Councils => Set<Council>();
    public DbSet<CouncilStage> CouncilStages => Set<CouncilStage>();
    public DbSet<CouncilMember> CouncilMembers => Set<CouncilMember>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<AgendaItem> AgendaItems => Set<AgendaItem>();
    public DbSet<ItemText> ItemTexts => Set<ItemText>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<MeetingTask> MeetingTasks => Set<MeetingTask>();
    public DbSet<Attendance> Attendances => Set<Attendance>();
    public DbSet<MeetingPaper> MeetingPapers => Set<MeetingPaper>();
    public DbSet<MinutesStep> MinutesSteps => Set<MinutesStep>();
    public DbSet<FormReceipt> FormReceipts => Set<FormReceipt>();
    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();
    public DbSet<ImportUpload> ImportUploads => Set<ImportUpload>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<PlanText> PlanTexts => Set<PlanText>();
    public DbSet<Indicator> Indicators => Set<Indicator>();
    public DbSet<IndicatorDefinition> IndicatorDefinitions => Set<IndicatorDefinition>();
    public DbSet<IndicatorValue> IndicatorValues => Set<IndicatorValue>();
    public DbSet<Funding> Fundings => Set<Funding>();
    public DbSet<EntrustedFee> EntrustedFees => Set<EntrustedFee>();

    public DbSet<Posting> Postings => Set<Posting>();
    public DbSet<ActivityRecord> ActivityRecords => Set<ActivityRecord>();
    public DbSet<ActivityPhoto> ActivityPhotos => Set<ActivityPhoto>();
    public DbSet<ActivityReport> ActivityReports => Set<ActivityReport>();
    public DbSet<Outreach> Outreaches => Set<Outreach>();
    public DbSet<HelpGroup> HelpGroups => Set<HelpGroup>();
    public DbSet<GroupStep> GroupSteps => Set<GroupStep>();
    public DbSet<Keeper> Keepers => Set<Keeper>();
    public DbSet<Tariff> Tariffs => Set<Tariff>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<TicketType> TicketTypes => Set<TicketType>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();
    public DbSet<LedgerPosting> LedgerPostings => Set<LedgerPosting>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<Settlement> Settlements => Set<Settlement>();
    public DbSet<GroupClosing> GroupClosings => Set<GroupClosing>();
    public DbSet<ClosingBalance> ClosingBalances => Set<ClosingBalance>();
    public DbSet<SubsidyRule> SubsidyRules => Set<SubsidyRule>();
    public DbSet<HelpRule> HelpRules => Set<HelpRule>();
    public DbSet<HelpCategory> HelpCategories => Set<HelpCategory>();
    public DbSet<RubbishDays> RubbishDays => Set<RubbishDays>();
    public DbSet<HelpRequest> HelpRequests => Set<HelpRequest>();
    public DbSet<HelpSeries> HelpSeries => Set<HelpSeries>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<Offer> Offers => Set<Offer>();
    public DbSet<Introduction> Introductions => Set<Introduction>();
    public DbSet<VisitReport> VisitReports => Set<VisitReport>();
    public DbSet<SlipPhoto> SlipPhotos => Set<SlipPhoto>();
    public DbSet<RideCheck> RideChecks => Set<RideCheck>();
    public DbSet<HelperLink> HelperLinks => Set<HelperLink>();
    public DbSet<WeeklyProposal> WeeklyProposals => Set<WeeklyProposal>();
    public DbSet<UnmetNeed> UnmetNeeds => Set<UnmetNeed>();

    private readonly HashSet<ITownOwned> saved = [];

    public int TownId => town.Id;

    /// <summary>The rows that were added, changed or deleted since this was last asked.</summary>
    public HashSet<ITownOwned> TakeSaved()
    {
        var taken = saved.ToHashSet();
        saved.Clear();
        return taken;
    }

    /// <summary>The record of this town with that id, or null.</summary>
    public async Task<T?> FindAsync<T>(Guid id) where T : TownRecord => await Set<T>().FindAsync(TownId, id);

    /// <summary>The record of this town with that id; <see cref="NotFoundException"/> when there is none.</summary>
    public async Task<T> GetAsync<T>(Guid id) where T : TownRecord => await FindAsync<T>(id) ?? throw new NotFoundException();

    /// <summary>Which state of the row this is; a form carries it, so that two people who change one record are told.</summary>
    public uint StateOf(TownRecord row) => Entry(row).Property<uint>("xmin").CurrentValue;

    public Task<TownRule> RuleAsync() => TownRules.SingleAsync();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema("app");
        model.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        foreach (var type in model.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(ITownOwned).IsAssignableFrom).ToList())
        {
            Configure.MakeGenericMethod(type).Invoke(this, [model]);
        }

        model.HasDbFunction(typeof(PlainWords).GetMethod(nameof(PlainWords.Plain))!).HasSchema("app").HasName("plain");
        model.UseSnakeCaseNames();
    }

    private static readonly MethodInfo Configure = typeof(AppDb).GetMethod(nameof(ConfigureTownOwned), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void ConfigureTownOwned<T>(ModelBuilder model) where T : class, ITownOwned
    {
        var entity = model.Entity<T>();
        if (typeof(TownRecord).IsAssignableFrom(typeof(T)))
        {
            entity.HasKey(nameof(TownRecord.MunicipalityId), nameof(TownRecord.Id));
            entity.Property(nameof(TownRecord.Id)).ValueGeneratedNever();
        }

        entity.HasQueryFilter(row => row.MunicipalityId == TownId);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;     // each of the four looks at what changed would compare every record again
        try
        {
            return await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        foreach (var entry in ChangeTracker.Entries<ITownOwned>().Where(entry => entry.State == EntityState.Added))
        {
            entry.Property(nameof(ITownOwned.MunicipalityId)).CurrentValue = town.Municipality.Id;
        }

        saved.UnionWith(ChangeTracker.Entries<ITownOwned>().Where(entry => IsPublishable(entry.Entity) && entry.State is not (EntityState.Unchanged or EntityState.Detached)).Select(entry => entry.Entity));
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private static bool IsPublishable(ITownOwned row) =>
        row is Resource or Organization or Attachment or Area or AreaParent or Category or CodeItem or Trouble or Synonym or TownRule;
}
