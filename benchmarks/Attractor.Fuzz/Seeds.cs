using Attractor.Data;

namespace Attractor.Fuzz;

/// <summary>Whole files and runs, made anew by the command itself, and the corpus beside them: what the damage is done to.</summary>
internal static class Seeds
{
    private static readonly string[][] s_commands =
    [
        ["simulate", "lorenz63", "--steps", "120", "-o", "data.npy", "-q"],
        ["simulate", "henon", "--steps", "60", "-o", "henon.csv", "-q"],
        ["simulate", "lorenz63", "--steps", "40", "-o", "data.parquet", "-q"],
        ["simulate", "lorenz63", "--steps", "40", "-o", "data.arrow", "-q"],
        ["train", "shplrnn", "data.npy", "-o", "NET", "--hidden", "4", "--updates", "3", "--sequence", "10", "--batch", "2", "-q"],
        ["train", "shplrnn", "data.npy", "-o", "OPEN", "--hidden", "4", "--updates", "4", "--sequence", "10", "--batch", "2", "-q"],
        [.. Network("alrnn", "AL"), "--latent", "5", "--rectified", "2"],
        [.. Network("clipped-shplrnn", "CLIPPED"), "--hidden", "4"],
        ["study", "create", "STUDY", "ngrc", "data.npy", "--vary", "ridge=1e-4,1e-2", "--set", "delays=1", "-n", "2", "-q"],
        ["study", "run", "STUDY", "-q"],
        ["train", "esn", "data.npy", "-o", "ESN", "--units", "12", "--washout", "5", "-q"],
        ["train", "ngrc", "data.npy", "-o", "NGRC", "-q"],
        ["train", "vae", "data.npy", "-o", "VAE", "--layers", "4", "--epochs", "1", "-q"],
        ["train", "seqvae", "data.npy", "-o", "SEQ", "--latent", "2", "--encoder-units", "4", "--window", "10", "--epochs", "1", "-q"],
        ["train", "mixture", "table.csv", "-o", "MIX", "--position", "lon,lat", "--count", "n", "--components", "2", "--sweeps", "3", "-q"],
    ];

    private static string[] Network(string kind, string run)
        => ["train", kind, "data.npy", "-o", run, "--updates", "3", "--sequence", "10", "--batch", "2", "-q"];

    /// <summary>Fills a folder.</summary>
    public static async Task MakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        FindingLog.CopyFolder(Path.Combine(AppContext.BaseDirectory, "corpus"), folder);
        Directory.SetCurrentDirectory(folder);
        foreach (string[] words in s_commands)
        {
            Answer answer = await FuzzWorker.AskAsync(words).ConfigureAwait(false);
            // Three updates make no model that stays on an attractor, and the command says so.
            if (answer.Code is not (0 or 1))
                throw new InvalidOperationException($"{string.Join(' ', words)}: {answer.Errors}");
        }
        SeriesFile.Write("test.npy", SeriesFile.Read("data.npy").Slice(10, 60));
        // A training that was interrupted.
        File.Delete("OPEN/model.safetensors");
    }
}
