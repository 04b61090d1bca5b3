using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>What can be wrong with the data and settings of a mixture: exit code 2, one line, and no run.</summary>
public sealed class MixtureBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MixtureBadInputTests()
    {
        MixtureTables.WriteEight(_folder);
        MixtureTables.Write(_folder.File("rocks.csv"), rows: 40);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "--columns, --position, --count, --binary or --category", "x, y, s")]
    [InlineData("--position", "--position")]
    [InlineData("--position x,,y", "--position takes names of columns", "'x,,y'")]
    [InlineData("--position x,z", "no column 'z'", "x, y, s")]
    [InlineData("--count S", "no column 'S'", "did you mean 's'?")]
    [InlineData("--position x,x", "the column 'x' is requested twice")]
    [InlineData("--position x --count x", "the column 'x' is requested twice")]
    [InlineData("--count x", "eight.csv", "line 5, column 1 ('x')", "'.5' is not a count")]
    [InlineData("--binary s", "eight.csv", "line 4, column 3 ('s')", "'2' is not binary")]
    [InlineData("--position 1,7", "no column '7'", "x, y, s")]
    [InlineData("--position x,1", "the column 'x' is requested twice")]
    [InlineData("--columns x,z", "no column 'z'", "x, y, s")]
    [InlineData("--columns x,y --count s", "--count names s, which is not among --columns x,y", "leave --columns out")]
    [InlineData("--columns x,y --position x", "--columns names y, and nothing says what it holds", "--position, --count")]
    [InlineData("--columns x,y --time y", "--time leaves y out, and --columns names it")]
    [InlineData("--columns 1,2 --time y", "--time leaves y out, and --columns names it")]
    [InlineData("--position x,y --time 2", "--time leaves 2 out, and --position names it")]
    [InlineData("--position x,y --time when", "--time: no column 'when'", "x, y, s")]
    [InlineData("--time s", "--columns, --position, --count, --binary or --category", "x, y, s")]
    [InlineData("--columns s --count s --tau 1", "--tau means nothing without --position")]
    [InlineData("--position x,y --components 0", "--components must be at least 1")]
    [InlineData("--position x,y --components two", "--components takes a whole number, not two")]
    [InlineData("--position x,y --components 9", "8 rows for 9 components")]
    [InlineData("--position x,y --components 5000", "8 rows for 5000 components")]
    [InlineData("--position x,y --covariance sperical", "did you mean spherical?")]
    [InlineData("--position x,y --covariance known", "--covariance known needs the precision", "--tau")]
    [InlineData("--position x,y --covariance known --tau gamma:1,1", "--tau takes a number where --covariance is known", "gamma:1,1")]
    [InlineData("--position x,y --tau -1", "--tau must be above 0, not -1")]
    [InlineData("--position x,y --tau 0", "--tau must be above 0, not 0")]
    [InlineData("--position x,y --tau much", "--tau takes", "'much'")]
    [InlineData("--position x,y --tau 1e400", "--tau takes", "1e400")]
    [InlineData("--position x,y --tau gamma:1", "--tau takes gamma:SHAPE,RATE", "gamma:1")]
    [InlineData("--position x,y --tau gamma:1,2,3", "--tau takes gamma:SHAPE,RATE", "gamma:1,2,3")]
    [InlineData("--position x,y --tau gamma:0,1", "--tau must be above 0, not 0")]
    [InlineData("--position x,y --tau gamma:1,-2", "--tau must be above 0, not -2")]
    [InlineData("--position x,y --tau gamma:1,x", "--tau takes numbers", "'x'")]
    [InlineData("--position x,y --covariance shared --tau 2", "--tau takes gamma:SHAPE,RATE where --covariance is shared, not 2")]
    [InlineData("--position x,y --covariance full --tau 2", "--tau means nothing where --covariance is full", "--scale")]
    [InlineData("--position x,y --nu 1,2,3", "--nu takes one number, or 2 between commas, not 3")]
    [InlineData("--position x,y --nu 1,north", "--nu takes numbers", "'north'")]
    [InlineData("--position x,y --tau 1 --rho 0", "--rho must be positive, not 0")]
    [InlineData("--position x,y --tau 1 --rho -2", "--rho must be positive, not -2")]
    [InlineData("--position x,y --rho 1", "--rho means nothing where --covariance is spherical", "--kappa")]
    [InlineData("--position x,y --covariance full --rho 1", "--rho means nothing where --covariance is full", "--kappa")]
    [InlineData("--position x,y --tau 1 --kappa 1", "--kappa means nothing where --covariance is known", "--rho")]
    [InlineData("--position x,y --covariance shared --kappa 1", "--kappa means nothing where --covariance is shared", "--rho")]
    [InlineData("--position x,y --kappa 0", "--kappa must be positive, not 0")]
    [InlineData("--position x,y --degrees 3", "--degrees means nothing where --covariance is spherical", "--tau")]
    [InlineData("--position x,y --covariance diagonal --scale 1,1", "--scale means nothing where --covariance is diagonal", "--tau")]
    [InlineData("--position x,y --covariance full --degrees 1", "degrees", "above 1")]
    [InlineData("--position x,y --covariance full --scale 1", "--scale takes 2 numbers (the diagonal) or 4 (row by row), not 1")]
    [InlineData("--position x,y --covariance full --scale 1,2,3", "--scale takes 2 numbers", "not 3")]
    [InlineData("--position x,y --covariance full --scale 1,-1", "--scale", "not positive definite")]
    [InlineData("--position x,y --covariance full --scale 1,2,2,1", "--scale", "not positive definite")]
    [InlineData("--position x,y --covariance full --scale 1,0.5,0.4,1", "--scale", "not symmetric")]
    [InlineData("--count s --tau 1", "--tau means nothing without --position")]
    [InlineData("--count s --nu 1", "--nu means nothing without --position")]
    [InlineData("--count s --covariance full", "--covariance means nothing without --position")]
    [InlineData("--count s --kappa 1", "--kappa means nothing without --position")]
    [InlineData("--position x,y --alpha 2", "--alpha means nothing without --count")]
    [InlineData("--position x,y --beta 2", "--beta means nothing without --count")]
    [InlineData("--position x,y --ones 2", "--ones means nothing without --binary")]
    [InlineData("--position x,y --zeros 2", "--zeros means nothing without --binary")]
    [InlineData("--position x,y --concentration 2", "--concentration means nothing without --category")]
    [InlineData("--count s --alpha 0", "--alpha must be above 0, not 0")]
    [InlineData("--count s --alpha 1,2", "--alpha takes one number, not 2")]
    [InlineData("--count s --beta -1", "--beta must be above 0, not -1")]
    [InlineData("--count s --beta inf", "--beta takes numbers", "'inf'")]
    [InlineData("--position x,y --weights even", "--weights takes fixed, fixed:0.4,0.6 or dirichlet:1, not even")]
    [InlineData("--position x,y --weights dirichlet", "--weights takes", "not dirichlet")]
    [InlineData("--position x,y --weights dirichlet:0", "--weights must be above 0, not 0")]
    [InlineData("--position x,y --components 2 --weights dirichlet:1,2,3", "--weights gives 3 numbers for 2 components")]
    [InlineData("--position x,y --components 3 --weights fixed:0.4,0.6", "--weights gives 2 numbers for 3 components")]
    [InlineData("--position x,y --components 2 --weights fixed:0.4,0.7", "--weights fixed:", "sum to 1", "not to 1.1")]
    [InlineData("--position x,y --components 2 --weights fixed:1.4,-0.4", "--weights must be above 0, not -0.4")]
    [InlineData("--position x,y --start kmeans", "--start takes k-means++, random or a file", "kmeans")]
    [InlineData("--position x,y --start missing.csv", "missing.csv")]
    [InlineData("--position x,y --start .", ".")]
    [InlineData("--position x,y --components 3 --start r.csv", "8 x 2", "8 rows and 3 columns")]
    [InlineData("--position x,y --components 2 --start eight.csv", "8 x 3", "8 rows and 2 columns")]
    [InlineData("--position x,y --components 2 --start r.csv --restarts 3", "--restarts means nothing where --start is a file")]
    [InlineData("--position x,y --restarts 0", "--restarts must be at least 1")]
    [InlineData("--position x,y --sweeps 0", "--sweeps must be at least 1")]
    [InlineData("--position x,y --tolerance 0", "--tolerance must be positive, not 0")]
    [InlineData("--position x,y --tolerance -1e-3", "--tolerance must be positive")]
    [InlineData("--position x,y --threads -1", "--threads must be at least 0")]
    [InlineData("--position x,y --seed -1", "--seed must not be negative")]
    [InlineData("--position x,y --seeds 3..1", "3..1")]
    [InlineData("--position x,y --batch 0", "--batch must be at least 1")]
    [InlineData("--position x,y --batch 4 --epochs 0", "--epochs must be at least 1")]
    [InlineData("--position x,y --batch 4 --delay 0.5", "--delay must be at least 1, not 0.5")]
    [InlineData("--position x,y --batch 4 --forgetting 0.5", "--forgetting must be above 0.5 and at most 1, not 0.5")]
    [InlineData("--position x,y --batch 4 --forgetting 1.1", "--forgetting must be above 0.5 and at most 1, not 1.1")]
    [InlineData("--position x,y --batch 4 --sweeps 3", "--sweeps means nothing with --batch", "--epochs")]
    [InlineData("--position x,y --epochs 3", "--epochs means nothing without --batch")]
    [InlineData("--position x,y --delay 3", "--delay means nothing without --batch")]
    [InlineData("--position x,y --forgetting 0.6", "--forgetting means nothing without --batch")]
    [InlineData("--position x,y --components 2 --batch 4 --start r.csv", "--batch and --start FILE do not go together")]
    [InlineData("--position x,y --latent 3", "unknown option '--latent'")]
    [InlineData("--position x,y --component 3", "did you mean --components")]
    public void What_cannot_be_fitted_gets_one_line_and_leaves_nothing(string settings, params string[] words)
        => Refuses("eight.csv", settings.Split(' ', StringSplitOptions.RemoveEmptyEntries), words);

    [Theory]
    [InlineData("--binary felt --ones 0", "--ones must be above 0, not 0")]
    [InlineData("--binary felt --zeros -1", "--zeros must be above 0, not -1")]
    [InlineData("--binary felt --ones 1,2", "--ones takes one number, not 2")]
    [InlineData("--category rock --concentration 0", "--concentration must be above 0, not 0")]
    [InlineData("--category rock --concentration 1,1", "--concentration takes one number, not 2")]
    [InlineData("--category note", "the column 'note' holds the category '-' only", "leave it out")]
    [InlineData("--position rock", "line 2, column 5 ('rock')", "number")]
    [InlineData("--count lon", "line 2, column 1 ('lon')", "not a count")]
    public void Other_columns_get_one_line_as_well(string settings, params string[] words)
        => Refuses("rocks.csv", settings.Split(' '), words);

    [Theory]
    [InlineData("x\n-1\n2\n", "--count x", "line 2, column 1 ('x')", "'-1' is not a count")]
    [InlineData("x\n1\n2.5\n", "--count x", "line 3, column 1 ('x')", "'2.5' is not a count")]
    [InlineData("x,y\n1,7\n2,7\n", "--position x,y", "the column 'y' is constant (7 in every row)", "leave it out")]
    [InlineData("x,y\n1,7\n2,7\n", "--count x,y --batch 1", "the column 'y' is constant (7 in every row)", "leave it out")]
    [InlineData("x,y\n1,1\n2,1\n", "--binary y", "the column 'y' is constant (1 in every row)", "leave it out")]
    [InlineData("x,y\n1,\n2,NA\n", "--position x,y", "the column 'y' holds no values", "leave it out")]
    [InlineData("x,y\n1,\n2,NA\n", "--count y", "the column 'y' holds no values", "leave it out")]
    [InlineData("x,y\n1,\n2,NA\n", "--binary y --batch 1", "the column 'y' holds no values", "leave it out")]
    [InlineData("x,y\n1,\n2,\n", "--category y", "the column 'y' holds no values", "leave it out")]
    [InlineData("x,y\n1,inf\n2,3\n", "--position x,y", "line 2, column 2 ('y')", "'inf'")]
    [InlineData("x,y\n1,1e200\n2,-1e200\n", "--position x,y", "the column 'y' goes from -1E+200 to 1E+200", "rescale it")]
    [InlineData("x,y\n1,1e-200\n2,2e-200\n", "--position y", "the column 'y' goes from 1E-200 to 2E-200", "rescale it")]
    [InlineData("x,y\n1,1e200\n2,-1e200\n", "--position y --batch 1", "the column 'y' goes from -1E+200 to 1E+200", "rescale it")]
    [InlineData("x,y\n", "--position x", "t.csv")]
    [InlineData("", "--position x", "t.csv", "empty")]
    [InlineData("x,x\n1,2\n3,4\n", "--position x", "the column 'x' occurs twice")]
    [InlineData("x,y\n1,2\n3\n", "--position x", "t.csv", "line 3")]
    public void A_table_that_cannot_be_fitted_gets_one_line(string table, string settings, params string[] words)
    {
        File.WriteAllText(_folder.File("t.csv"), table);
        Refuses("t.csv", [.. settings.Split(' '), "--components", "1"], words);
    }

    [Theory]
    [InlineData("0.9,0.2", "sum to 1.1", "row 3")]
    [InlineData("1.5,-0.5", "hold -0.5 in row 3, component 2")]
    [InlineData("1,", "NaN in row 3, component 2")]
    [InlineData("1,nan", "NaN in row 3, component 2")]
    public void A_start_that_is_none_is_named_with_its_row(string row, params string[] words)
    {
        string[] rows = File.ReadAllLines(_folder.File("r.csv"));
        rows[2] = row;
        File.WriteAllLines(_folder.File("bad.csv"), rows);
        Refuses("eight.csv", ["--position", "x,y", "--components", "2", "--start", "bad.csv"], words);
    }

    [Fact]
    public void Files_that_are_no_tables_are_refused_by_name()
    {
        SeriesFile.Write(_folder.File("t.npy"), new TimeSeries([1, 2, 3, 4], 2));
        Refuses("t.npy", ["--position", "lon"], "t.npy", "no column 'lon'", "x1, x2");
        Refuses("missing.csv", ["--position", "x"], "missing.csv");
        Refuses(".", ["--position", "x"], "directory");
        File.WriteAllBytes(_folder.File("noise.npy"), [1, 2, 3]);
        Refuses("noise.npy", ["--position", "x1"], "noise.npy");
        File.WriteAllText(_folder.File("t.foo"), "x\n1\n2\n");
        Refuses(
            "t.foo", ["--position", "x"], "t.foo", ".csv, .tsv, .txt, .dat, .jsonl, .ndjson, .parquet, .arrow, .feather, .xlsx");
        Refuses("missing.csv", ["--position", "x", "--batch", "10"], "missing.csv");
        Refuses("missing.csv", [], "missing.csv");
    }

    [Fact]
    public void Settings_of_a_config_are_checked_but_may_mean_nothing()
    {
        File.WriteAllText(_folder.File("c.json"), """{"position": "x,y", "components": 2, "ones": "3", "sweeps": 5, "epochs": 1}""");
        Command.Run(_folder.Path, "train", "mixture", "eight.csv", "--config", "c.json", "--batch", "4", "-o", "FITTED").Succeeds();
        File.WriteAllText(_folder.File("bad.json"), """{"position": "x,y", "componets": 2}""");
        Refuses("eight.csv", ["--config", "bad.json"], "componets", "did you mean \"components\"");
        File.WriteAllText(_folder.File("bad.json"), """{"position": ["x", "y"]}""");
        Refuses("eight.csv", ["--config", "bad.json"], "bad.json", "position", "a word");
    }

    [Fact]
    public void Verbs_refuse_what_they_cannot_do_with_a_mixture()
    {
        File.WriteAllText(_folder.File("xy.csv"), "x,y\n1,2\n3,4\n");
        Command.Run(
            _folder.Path, "train", "mixture", "eight.csv", "--position", "x,y", "--count", "s", "--components", "2", "-o", "RUN",
            "-q").Succeeds();
        foreach ((string line, string[] words) in ((string, string[])[])
            [
                ("generate RUN --count 0", ["--count must be positive, not 0"]),
                ("generate RUN --seed -1", ["--seed must not be negative, not -1"]),
                ("generate RUN --steps 10", ["--steps means nothing to a mixture", "--count"]),
                ("generate RUN --draw", ["--draw means nothing to a mixture"]),
                ("generate RUN -o samples.png", ["samples.png"]),
                ("evaluate RUN missing.csv", ["missing.csv"]),
                ("evaluate RUN xy.csv", ["xy.csv", "no column 's'", "x, y"]),
                ("evaluate RUN --responsibilities r.png", ["r.png"]),
                ("evaluate RUN --draws 10", ["--draws means nothing to a mixture"]),
                ("evaluate RUN --dt 0.1", ["--dt means nothing to a mixture"]),
                ("evaluate RUN --seed 1", ["--seed means nothing to a mixture"]),
                ("lyapunov RUN", ["RUN holds a mixture, which has no dynamics", "generate, evaluate and report take it"]),
                ("cycles RUN", ["RUN holds a mixture, which has no dynamics"]),
                ("dimension RUN", ["RUN holds a mixture"]),
                ("reconstruct RUN", ["RUN holds a mixture"]),
                ("interpolate RUN --from 0 --to 1", ["RUN holds a mixture"]),
                ("train --resume RUN", ["RUN is finished"]),
                ("train mixture eight.csv --position x,y -o RUN", ["holds a finished run", "--overwrite"]),
            ])
        {
            Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
        }
    }

    [Fact]
    public void A_command_for_another_model_refuses_what_a_mixture_writes()
    {
        _folder.WriteData();
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "NGRC", "-q").Succeeds();
        Command.Run(_folder.Path, "evaluate", "NGRC", "data.npy", "--responsibilities", "r.csv").IsBadInput(
            "--responsibilities means nothing to a ngrc");
    }

    private void Refuses(string data, string[] settings, params string[] words)
    {
        Command.Run(_folder.Path, ["train", "mixture", data, "-o", "RUN", .. settings]).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }
}
