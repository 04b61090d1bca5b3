using System.Text;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Fuzz.Readers;

/// <summary>Every reader of the program with sound files of every kind that it reads.</summary>
/// <param name="seeds">A folder as <see cref="Seeds"/> fills it.</param>
/// <param name="folder">Where the files lie that are damaged.</param>
internal sealed class ReaderCorpus(string seeds, string folder)
{
    private const int Slow = 20, SlowestOfAll = 400;

    // These take a millisecond, where others take a tenth of one.
    private static readonly (string Ending, int OneIn)[] s_slow
        = [(".parquet", 10), (".xlsx", 40), (".xls", 10), (".arrow", 3), (".feather", 3), (".h5", 10), ("73.mat", 10), (".zip", 4)];

    private static readonly string[] s_runs = ["NET", "AL", "CLIPPED", "ESN", "NGRC", "VAE", "SEQ", "MIX"];

    private static readonly ColumnRequest[] s_columns = [new("x", ColumnKind.Real), new("y", ColumnKind.Real)];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ReaderTarget> Targets() => [.. Data(), .. Runs(), .. Studies(), .. OtherFiles(), .. Texts()];

    private IEnumerable<ReaderTarget> Data()
    {
        IEnumerable<(string Name, byte[] Bytes)> files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"))
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)));
        foreach ((string name, byte[] bytes) in files.Concat(SoundFiles.All()))
        {
            string path = Put($"data/{name}", bytes);
            int oneIn = s_slow.FirstOrDefault(s => name.EndsWith(s.Ending, StringComparison.Ordinal)).OneIn is > 0 and var few ? few : 1;
            yield return new($"DataFile {name}", path, bytes, p => DataFile.Read(p)) { OneIn = oneIn };
            yield return new($"SeriesFile {name}", path, bytes, p => SeriesFile.ReadTrials(p)) { OneIn = oneIn };
            yield return new($"TableFile {name}", path, bytes, p => TableFile.Read(p, s_columns)) { OneIn = oneIn };
        }
    }

    private IEnumerable<ReaderTarget> Runs()
    {
        foreach (string run in s_runs)
        {
            yield return Of($"{run}/model.safetensors", "ModelFile", p => ModelFile.Load(p));
            yield return Of($"{run}/config.json", "RunConfig", p => RunConfig.Settings(Path.GetDirectoryName(p)!));
        }
        yield return Of("OPEN/checkpoint/state.safetensors", "Checkpoint", p => Checkpoint.Load<TrainingState>(p));
        yield return Of("MIX/checkpoint/state.safetensors", "Checkpoint", p => Checkpoint.Load<MixtureState>(p));
        foreach (string run in (string[])["OPEN", "VAE", "MIX"])
            yield return Of($"{run}/metrics.jsonl", "metrics", p =>
            {
                string of = Path.GetDirectoryName(p)!;
                _ = RunFolder.ReadLosses(of).Count + RunFolder.ReadEpochs(of).Count + RunFolder.ReadSweeps(of).Count;
                _ = RunFolder.ReadSummary(of);
            });
        yield return Of("RACED/race/race.json", "RaceRecord", p
            => RaceRecord.Read(Path.GetDirectoryName(Path.GetDirectoryName(p))!));
    }

    private IEnumerable<ReaderTarget> Studies()
    {
        yield return Of("STUDY/study.json", "PlanFile", p => PlanFile.Read(JsonFile.ReadObject(p), p));
        yield return Of("STUDY/trials/000000.json", "TrialRecord", p => TrialRecord.Read(p));
        yield return Of("STUDY/study.db", "study.db", p =>
        {
            foreach (string beside in (string[])["-wal", "-shm"])
                File.Delete(p + beside);
            using Study study = Study.Open(Path.GetDirectoryName(p)!);
            _ = study.Trials.Count;
        }) with
        { OneIn = SlowestOfAll };
    }

    private IEnumerable<ReaderTarget> OtherFiles()
    {
        yield return Of("map.ode", "SystemDefinition", p => SystemDefinition.Read(p));
        yield return Of("flow.ode", "SystemDefinition", p => SystemDefinition.Read(p));
        yield return Of("network.json", "ModelJson", p => ModelJson.Read(p));
        yield return Of("weights.json", "DynaMixFile", p => DynaMixFile.Read(p));
        yield return Of("chorales.json", "PianoRollFile", p => PianoRollFile.Read(p));
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 3, .. Enumerable.Range(0, 18).Select(i => (byte)(13 * i))];
        yield return new("ImageFile", Put("images.idx", idx), idx, p => ImageFile.Read(p));
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 4, 1, 0, 2, 1];
        yield return new("ImageFile labels", Put("labels.idx", labels), labels, p => ImageFile.ReadLabels(p));
    }

    private static IEnumerable<ReaderTarget> Texts()
    {
        ModelKind kind = ModelKinds.Find("shplrnn");
        yield return Text("Expression", "-0.5*(y - a*x)^2/s^2 + log(1 + exp(min(x, 3)))", t
            => Expression.Parse(t, ["x", "y"], new Dictionary<string, double> { ["a"] = 1, ["s"] = 2 }));
        yield return Text("ParameterRange", "n=1..1e6", t => ParameterRange.Parse(t));
        yield return Text("ParameterRange", "n=1,5,10", t => ParameterRange.Parse(t));
        yield return Text("SeedRange", "1..8", t => SeedRange.Parse(t));
        yield return Text("DimensionText", "lr=1e-4..1e-2:log if forcing=gtf", t => DimensionText.ParseEntry(kind, t));
        yield return Text("DimensionText", "hidden=20,50,100", t => DimensionText.ParseEntry(kind, t));
        yield return Text("StudyObjective", "prediction_error_10:min", t => StudyObjective.Parse(t));
        yield return Text("StoreAddress", "postgres://user:word@host:5432/database?sslmode=require", t => StoreAddress.Parse(t));
        foreach (Setting setting in kind.Settings.All)
            yield return Text($"Setting {setting.Key}", $"{setting.Write(setting.Default)}", t => setting.Parse(t)) with { OneIn = Slow };
    }

    private static ReaderTarget Text(string name, string sound, Action<string> read)
        => new(name, null, Encoding.UTF8.GetBytes(sound.Length > 0 ? sound : "1"), read);

    private ReaderTarget Of(string file, string reader, Action<string> read)
    {
        byte[] sound = File.ReadAllBytes(Path.Combine(seeds, file));
        return new($"{reader} {file}", Path.Combine(folder, file), sound, read);
    }

    private string Put(string file, byte[] bytes)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
