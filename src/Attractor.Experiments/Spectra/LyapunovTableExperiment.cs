using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>The Lyapunov spectra of the whole catalogue, as a page of documentation and as a file for programs.</summary>
internal sealed class LyapunovTableExperiment(LyapunovTableSettings settings, ExperimentSession session)
{
    private readonly CertificateOptions _options = new()
    {
        Periods = settings.Periods,
        MapSteps = 400 * settings.Periods
    };
    private readonly string _page = session.Output;

    public JsonObject Run(CancellationToken token)
    {
        IReadOnlyList<SystemDefinition> systems = KnownSystems.Catalogue;
        SpectrumRow[] rows = new SpectrumRow[systems.Count];
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        // The large ones first, one at a time to whoever is free: none is left over for one core at the end.
        Parallel.ForEach(
            Partitioner.Create(
                Enumerable.Range(0, systems.Count).OrderByDescending(i => systems[i].Dimension), EnumerablePartitionerOptions.NoBuffering),
            new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token },
            i =>
            {
                long begin = Stopwatch.GetTimestamp();
                rows[i] = Compute(systems[i], token);
                int finished = Interlocked.Increment(ref done);
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                session.Progress(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{finished} of {systems.Count}: {rows[i]}, {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s; about "
                    + $"{elapsed / finished * (systems.Count - finished):F0} s left"));
            });
        JsonObject json = ToJson(rows);
        string twin = Path.ChangeExtension(_page, ".json");
        byte[] page = Encoding.UTF8.GetBytes(ToMarkdown(rows, Path.GetFileName(twin)));
        AtomicFile.Write(_page, file => file.Write(page));
        AtomicFile.Write(twin, file => file.Write([.. Json.Bytes(json), (byte)'\n']));
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{_page}, {twin}: {rows.Length} systems in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s; "
            + $"{rows.Count(l => l.Certified)} satisfy every identity"));
        return new()
        {
            ["systems"] = rows.Length,
            ["certified"] = rows.Count(l => l.Certified),
            ["page"] = _page,
            ["file"] = twin,
            ["seconds"] = Json.Number(Stopwatch.GetElapsedTime(start).TotalSeconds),
        };
    }

    private SpectrumRow Compute(SystemDefinition system, CancellationToken token)
    {
        try
        {
            return new(system, LyapunovCertificate.Of(system, _options, token), null);
        }
        catch (ArithmeticException e)
        {
            // The first sentence says what happened; the advice after it is for who integrates it.
            return new(system, null, e.Message.Split(". ")[0]);
        }
    }

    private JsonObject ToJson(SpectrumRow[] rows) => new()
    {
        ["periods"] = _options.Periods,
        ["transient_periods"] = _options.TransientPeriods,
        ["map_steps"] = _options.MapSteps,
        ["tolerance"] = _options.Tolerance,
        ["systems"] = new JsonArray([.. rows.Select(l => l.ToJson())]),
    };

    private string ToMarkdown(SpectrumRow[] rows, string twin)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Lyapunov spectra of the catalogue

                attractor reproduce lyapunov-table -o docs/lyapunov-table.md

            Exponents of a flow per unit of its time, of a map per step, natural logarithms, with standard errors by batch means; D_KY the
            dimension of Kaplan and Yorke. Flows: Dormand-Prince 5(4) with a tolerance of {_options.Tolerance:0e0}, tangent vectors by the
            same steps, orthonormalised {_options.StepsPerPeriod} times in a period, over {_options.Periods:N0} periods after
            {_options.TransientPeriods}. Maps: {_options.MapSteps:N0} steps. The same bits from the same machine at every run. For programs:
            [{twin}]({twin}).

            What certifies a row, in the last column. **trace**: the sum of the exponents is the mean trace of the Jacobian along the orbit
            (of ln |det J| for a map). **zero**: a bounded flow that does not end in an equilibrium has an exponent 0. **pairs**: the
            exponents of a Hamiltonian flow are l and -l. **conserved**: a known constant of the motion has not moved. An identity that
            fails stands there with its deviation. "Reported" is the largest exponent as the dysts collection estimates it.

            Every identity holds for {rows.Count(l => l.Certified)} of {rows.Length} systems. Of {rows.Count(l => l.Ratio is not null)}
            chaotic flows with a reported value, it is off by more than 10 % in {rows.Count(l => l.Ratio is < 0.9 or > 1.1)}
            and by more than 50 % in {rows.Count(l => l.Ratio is < 0.5 or > 1.5)}.

            | system | D | exponents | D_KY | reported | identities |
            |---|---|---|---|---|---|

            """);
        foreach (SpectrumRow row in rows)
            page.Append(row.ToMarkdown()).Append('\n');
        return page.ToString();
    }
}
