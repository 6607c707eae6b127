using System.Text.Json;
using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Bench.Plan;

/// <summary>Reads instances of home health care routing and scheduling (Mankowska et al. 2014) in the JSON form of iolab-uniud/hhcrsp.</summary>
static class Hhcrsp
{
    public static PlanProblem Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var root = document.RootElement;
        var rows = root.GetProperty("distances").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray()).ToArray();
        var minutes = new double[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                minutes[i, j] = rows[i][j];
            }
        }
        return new PlanProblem
        {
            Travel = Travel.Of(minutes),
            Visits = [.. root.GetProperty("patients").EnumerateArray().Select((patient, index) => ReadVisit(patient, index + 1))],
            Helpers = [.. root.GetProperty("caregivers").EnumerateArray().Select(ReadHelper)],
            Weights = new PlanWeights { TravelMinute = 1 / 3.0, LateMinute = 1 / 3.0, WorstLateMinute = 1 / 3.0, SquaredHour = 0, Unserved = 100_000 },
            Rules = new PlanRules { HomeWaysInsideSlots = true, MostLate = double.PositiveInfinity, StartsEvery = 0 },
        };
    }

    static Visit ReadVisit(JsonElement patient, int place)
    {
        var window = patient.GetProperty("time_window");
        return new Visit
        {
            Id = patient.GetProperty("id").GetString()!,
            Place = place,
            Windows = [new Window(window[0].GetDouble(), window[1].GetDouble())],
            Duties = [.. patient.GetProperty("required_caregivers").EnumerateArray().Select(duty => new Duty(duty.GetProperty("service").GetString()!, duty.GetProperty("duration").GetDouble()))],
            Gap = patient.TryGetProperty("synchronization", out var pair) && pair.GetProperty("type").GetString() == "sequential"
                ? new Gap(pair.GetProperty("distance")[0].GetDouble(), pair.GetProperty("distance")[1].GetDouble())
                : Gap.Together,
        };
    }

    static Helper ReadHelper(JsonElement caregiver) => new()
    {
        Id = caregiver.GetProperty("id").GetString()!,
        Home = 0,
        Skills = caregiver.GetProperty("abilities").EnumerateArray().ToDictionary(ability => ability.GetString()!, _ => double.PositiveInfinity),
        Slots = [new Slot(0, double.PositiveInfinity)],
    };
}
