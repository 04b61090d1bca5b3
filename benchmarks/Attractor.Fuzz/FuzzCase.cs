namespace Attractor.Fuzz;

/// <summary>One command with the files that it reads, of which some are damaged.</summary>
/// <param name="Words">The command line.</param>
/// <param name="Damaged">What was damaged, for whoever looks at a finding.</param>
internal sealed record FuzzCase(string[] Words, string Damaged)
{
    private const int OneInFour = 4;

    // The first words are a command that succeeds on whole files; the last list is what may be damaged.
    private static readonly (string Line, string[] Files)[] s_templates =
    [
        ("look data.npy", ["data.npy"]),
        ("look henon.csv --json", ["henon.csv"]),
        ("look data.parquet", ["data.parquet"]),
        ("look data.arrow", ["data.arrow"]),
        ("look words.csv", ["words.csv"]),
        ("look trials.csv --json", ["trials.csv"]),
        ("look lines.jsonl", ["lines.jsonl"]),
        ("look trials.ts", ["trials.ts"]),
        ("train shplrnn data.npy -o RUN --hidden 3 --updates 2 --sequence 8 --batch 2 --verdict no -q", ["data.npy"]),
        ("train plrnn henon.csv -o RUN --updates 2 --sequence 8 --batch 2 --verdict no -q", ["henon.csv"]),
        ("train esn words.csv -o RUN --units 8 --washout 2 --verdict no -q", ["words.csv"]),
        ("train esn data.npy -o RUN --units 8 --washout 4 --verdict no -q", ["data.npy"]),
        ("train ngrc henon.csv -o RUN --verdict no -q", ["henon.csv"]),
        ("train vae henon.csv -o RUN --layers 3 --epochs 1 -q", ["henon.csv"]),
        ("train seqvae trials.csv -o RUN --latent 2 --encoder-units 3 --epochs 1 -q", ["trials.csv"]),
        ("train mixture table.csv -o RUN --position lon,lat --count n --binary b --category c --components 2 --sweeps 2 -q", ["table.csv"]),
        ("train --resume OPEN -q", ["OPEN/config.json", "OPEN/checkpoint/state.safetensors", "OPEN/metrics.jsonl"]),
        ("evaluate NET test.npy --lyapunov-steps 100 --json", ["NET/config.json", "NET/model.safetensors", "test.npy"]),
        ("evaluate ESN test.npy --lyapunov-steps 100", ["ESN/config.json", "ESN/model.safetensors", "test.npy"]),
        ("evaluate NGRC test.npy --lyapunov-steps 100", ["NGRC/config.json", "NGRC/model.safetensors"]),
        ("evaluate VAE --draws 1,2 --json", ["VAE/config.json", "VAE/model.safetensors"]),
        ("evaluate SEQ --draws 1,2", ["SEQ/config.json", "SEQ/model.safetensors"]),
        ("evaluate MIX table.csv --json", ["MIX/config.json", "MIX/model.safetensors", "table.csv"]),
        ("generate NET --steps 20 -o out.csv", ["NET/config.json", "NET/model.safetensors"]),
        ("generate NGRC --steps 20 -o out.npy --json", ["NGRC/config.json", "NGRC/model.safetensors"]),
        ("generate ESN --steps 20 -o out.npy", ["ESN/model.safetensors", "data.npy"]),
        ("generate VAE --count 3 -o out.npy", ["VAE/config.json", "VAE/model.safetensors"]),
        ("generate SEQ --steps 20 -o out.csv", ["SEQ/config.json", "SEQ/model.safetensors"]),
        ("generate MIX --count 5 -o out.csv", ["MIX/config.json", "MIX/model.safetensors"]),
        ("reconstruct VAE --count 2 -o out.csv", ["VAE/config.json", "VAE/model.safetensors"]),
        ("interpolate VAE --from 0 --to 1 --steps 3 -o out.csv", ["VAE/config.json", "VAE/model.safetensors"]),
        ("report NET -o out.html", ["NET/config.json", "NET/model.safetensors", "NET/metrics.jsonl"]),
        ("report MIX -o out.html", ["MIX/config.json", "MIX/model.safetensors", "MIX/metrics.jsonl"]),
        ("report VAE -o out.html", ["VAE/config.json", "VAE/model.safetensors", "VAE/metrics.jsonl"]),
        ("lyapunov NET --steps 50 --transient 10 --json", ["NET/config.json", "NET/model.safetensors"]),
        ("lyapunov NGRC --steps 50 --transient 10 --spectrum", ["NGRC/model.safetensors"]),
        ("lyapunov map.ode --steps 50 --transient 10", ["map.ode"]),
        ("lyapunov data.npy --json", ["data.npy"]),
        ("simulate map.ode --steps 20 -o out.npy", ["map.ode"]),
        ("simulate flow.ode --steps 20 --transient 1 -o out.csv --json", ["flow.ode"]),
        ("simulate lorenz63 --steps 10 --transient 1 --noise 0.1 --seed 3 -o out.npy", []),
        ("cycles NET --max-order 2 --starts 3 --json", ["NET/model.safetensors"]),
        ("cycles map.ode --max-order 2 --starts 3", ["map.ode"]),
        ("dimension data.npy --json", ["data.npy"]),
        ("embed data.npy -o out.npy", ["data.npy"]),
        ("embed henon.csv --column 1 --delay 1 --dimension 2 --json", ["henon.csv"]),
        ("floor henon.csv --json", ["henon.csv"]),
        ("gradients NET data.npy --sequence 8 --windows 2 --grid 3 -o out.html", ["NET/model.safetensors", "data.npy"]),
        ("systems --json", []),
    ];

    /// <summary>The case of a number, in a folder that holds whole files.</summary>
    public static FuzzCase Make(string folder, Random random)
    {
        (string line, string[] files) = s_templates[random.Next(s_templates.Length)];
        string[] words = line.Split(' ');
        string damaged = "";
        if (files.Length > 0 && random.Next(OneInFour) != 0)
        {
            string name = files[random.Next(files.Length)], path = Path.Combine(folder, name);
            byte[] bytes = File.ReadAllBytes(path);
            if (random.Next(OneInFour) != 0)
                HideChecksum(bytes);
            bool isJson = name.EndsWith(".json", StringComparison.Ordinal);
            File.WriteAllBytes(path, isJson && random.Next(OneInFour) != 0 ? Settings.Damage(bytes, random) : Bytes.Damage(bytes, random));
            damaged = name;
        }
        if (damaged.Length == 0 || random.Next(OneInFour) == 0)
            words = Arguments.Damage(words, random);
        return new(words, damaged);
    }

    // Files of before had none: without it, damage reaches what reads the numbers.
    private static void HideChecksum(byte[] bytes)
    {
        int at = bytes.AsSpan().IndexOf("\"sha256\":"u8);
        if (at >= 0)
            bytes[at + 1] = (byte)'x';
    }
}
