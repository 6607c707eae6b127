using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Issues.Board;

/// <summary>課題ボード. Each card moves by the buttons of one form; the script adds dragging and the moves of others.</summary>
public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    private const int MostMoves = 10;

    [BindProperty(SupportsGet = true)]
    public BoardView View { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public DateOnly Today => time.Today();
    public long Stamp { get; private set; }
    public IReadOnlyList<Column> Columns { get; private set; } = [];
    public IReadOnlyList<MoveRow> Moves { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeIssues());
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? move)
    {
        await OnGetAsync();
        var asked = CardMove.Read(move) ?? throw new NotFoundException();
        var issue = await desk.ChangeAsync(asked.IssueId);
        if (asked.Closing is { } closing)
        {
            return RedirectToPage("/Issues/Closings/New", new { id = issue.Id, state = closing });
        }

        issue.RequireSeen(asked.Version, await LastMoveAsync(issue.Id));
        var moves = asked.Apply(issue, Names, desk.Mover);
        db.AddRange(moves);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{issue.Title}」の{string.Join("、", moves.Select(made => made.InWords(Names)))}変えました。";
        return RedirectToPage("Index", null, new { View, Area }, $"card-{issue.Id}");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid act)
    {
        await OnGetAsync();
        var moves = await db.IssueMoves.Where(move => move.ActId == act).OrderByDescending(move => move.Id).ToListAsync();
        var by = moves.Count > 0 ? desk.Mover : throw new NotFoundException();
        foreach (var move in moves)
        {
            (await desk.ChangeAsync(move.IssueId)).TakeBack(move, by);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "元にもどしました。";
        return RedirectToPage("Index", new { View, Area });
    }

    /// <summary>The columns beside this one, with the words of the button that moves a card there.</summary>
    public IEnumerable<(string Words, string Target, string Key)> WaysFrom(int column, Card card)
    {
        if (Names.Body(card.OwnerId) is var owner && !person.ActsFor(owner) && !person.WorksIn(card.AreaId) || card.ClosedAt is not null || card.State == IssueState.HandedOver && View == BoardView.State)
        {
            yield break;
        }

        var width = View == BoardView.Weight ? Enum.GetValues<Frequency>().Length : View == BoardView.State ? IssueWords.ByHand.Count : Columns.Count;
        (string Words, int To, string Key, bool Is)[] ways =
        [
            ("← {0}", column - 1, "back", column % width > 0), ("{0} →", column + 1, "on", column % width < width - 1),
            ("↑ {0}", column - width, "up", View == BoardView.Weight && column >= width), ("↓ {0}", column + width, "down", View == BoardView.Weight && column + width < Columns.Count),
        ];
        foreach (var (words, to, key, _) in ways.Where(way => way.Is && Columns[way.To].Target is not null))
        {
            yield return (words.Replace("{0}", Columns[to].Title, StringComparison.Ordinal), Columns[to].Target!, key);
        }
    }

    private async Task LoadAsync()
    {
        await desk.LoadNamesAsync();
        Stamp = await EventsModel.StampAsync(db);
        var query = new BoardQuery(db, person, Names, View == BoardView.Area ? null : Area);
        Columns = await (View switch { BoardView.Area => query.ByAreaAsync(), BoardView.Weight => query.ByWeightAsync(), _ => query.ByStateAsync() });
        var seen = db.Issues.SeenBy(person, db);
        Moves = (await db.IssueMoves.AsNoTracking().OrderByDescending(move => move.At).ThenByDescending(move => move.Id).Take(50)
                .Join(seen, move => move.IssueId, issue => issue.Id, (move, issue) => new { Move = move, issue.Title }).ToListAsync())
            .GroupBy(row => row.Move.ActId).OrderByDescending(act => act.Max(row => row.Move.At)).Take(MostMoves)
            .Select(act => new MoveRow(act.Key, act.First().Title, string.Join("、", act.Select(row => row.Move.InWords(Names)).Distinct()), act.First().Move)).ToList();
    }

    private async Task<string?> LastMoveAsync(Guid issueId) =>
        await db.IssueMoves.AsNoTracking().Where(move => move.IssueId == issueId).OrderByDescending(move => move.At).FirstOrDefaultAsync() is { } last ? $"、{last.ByName} さんが{last.InWords(Names)}変えました" : null;

    public sealed record MoveRow(Guid ActId, string Title, string Words, IssueMove Move)
    {
        public bool CanBeUndone => Move.UndoneAt is null && (Move.What != MoveKind.State || Move.Was != nameof(IssueState.HandedOver) && Move.Became != nameof(IssueState.HandedOver));
    }
}
