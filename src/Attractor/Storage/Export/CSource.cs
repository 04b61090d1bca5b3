using System.Globalization;
using System.Text;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A model as one file of C99 that needs nothing but <c>math.h</c> and allocates nothing: for a microcontroller, or any language that calls
/// C.
/// </summary>
/// <remarks>
/// A function for each of <see cref="ModelPrograms.Of"/>, <c>NAME_step</c> and so on: inputs, then outputs, as arrays; a state and the next
/// may be the same one. Weights are constants; of a matrix that is mostly zeros only the others are written. What a call computes lies on
/// its stack.
/// </remarks>
public static class CSource
{
    /// <summary>The most numbers that are written: a compiler takes some gigabytes for ten times as many.</summary>
    public const int MostNumbers = 2_000_000;

    private const int NumbersOfLine = 8;

    /// <summary>Writes a model.</summary>
    /// <param name="writer">Where the text goes.</param>
    /// <param name="model">A model that <see cref="ModelPrograms.Of"/> takes.</param>
    /// <param name="name">What the names of all functions begin with: an identifier of C.</param>
    /// <param name="precision">The type of all numbers.</param>
    /// <exception cref="ArgumentException">The model is not exported, has too many numbers, or the name is no identifier.</exception>
    public static void Write(TextWriter writer, ILearntModel model, string name, ExportPrecision precision = ExportPrecision.Double)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!IsIdentifier(name))
            throw new ArgumentException($"'{name}' is no identifier of C: letters, digits and _, not a digit first.", nameof(name));
        IReadOnlyList<VectorProgram> programs = ModelPrograms.Of(model);
        long numbers = programs.Sum(program => program.Operations.Sum(NumbersOf));
        if (numbers > MostNumbers)
            throw new ArgumentException(
                $"The source would hold {numbers:N0} numbers; {MostNumbers:N0} are the most: export it as ONNX, or take a smaller model.");
        bool single = precision == ExportPrecision.Single;
        string title = $"{model.Kind}: {model.Description}".Replace("*/", "* /", StringComparison.Ordinal);
        writer.WriteLine($"/* {title}. C99, nothing but math.h, no allocation.\n");
        foreach (VectorProgram program in programs)
            writer.WriteLine($"   {Signature(program, name)};\n       {program.Purpose}");
        writer.WriteLine($"*/\n#include <math.h>\n\ntypedef {(single ? "float" : "double")} {name}_real;\n");
        Dictionary<string, string> tables = [];
        foreach (VectorProgram program in programs)
            new Body(writer, program, name, single, tables).Write();
    }

    /// <summary>A name that a file may go by in C: its letters and digits, else _.</summary>
    public static string Identifier(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static bool IsIdentifier(string name) => !string.IsNullOrEmpty(name) && Identifier(name) == name;

    private static long NumbersOf(VectorOperation operation) => operation switch
    {
        AffineOperation affine => SparseMatrix.IsSparse(affine.Weights)
            ? affine.Weights.Count(w => w != 0) + affine.Offset.Length
            : affine.Weights.LongLength + affine.Offset.Length,
        ConstantOperation constant => constant.Values.Length,
        GatherOperation { IsContiguous: false } gather => gather.Indices.Length,
        _ => 0,
    };

    private static string Signature(VectorProgram program, string name)
    {
        string real = $"{name}_real";
        IEnumerable<string> given = program.Inputs.Select(input => Parameter($"const {real}", input.Name, input.Value.Length));
        IEnumerable<string> results = program.Outputs.Select(output => Parameter(real, output.Name, output.Value.Length));
        return $"void {name}_{program.Name}({string.Join(", ", given.Concat(results))})";

        static string Parameter(string type, string of, int length)
            => string.Create(CultureInfo.InvariantCulture, $"{type} {of}[{length}]");
    }

    /// <summary>The text of one function and its constants.</summary>
    private sealed class Body(TextWriter writer, VectorProgram program, string name, bool single, Dictionary<string, string> tables)
    {
        private readonly string _real = $"{name}_real";
        private readonly StringBuilder _code = new();

        public void Write()
        {
            string[] names = new string[program.Operations.Count];
            bool[] needed = program.Needed();
            for (int i = 0; i < names.Length; i++)
            {
                if (!needed[i])
                    continue;
                names[i] = program.Operations[i] switch
                {
                    InputOperation input => input.Name,
                    ConstantOperation constant => Table($"c{i}", constant.Values),
                    _ => Invariant($"v{i}"),
                };
                if (program.Operations[i] is not (InputOperation or ConstantOperation))
                    Compute(i, program.Operations[i], names);
            }
            writer.WriteLine($"/* {program.Purpose} */\n{Signature(program, name)}\n{{");
            foreach ((string input, VectorValue value) in program.Inputs)
                if (!program.Operations.Index().Any(pair => needed[pair.Index] && pair.Item.Arguments.Contains(value))
                    && !program.Outputs.Any(output => output.Value == value))
                    writer.WriteLine($"    (void){input};");
            writer.Write(_code);
            foreach ((string output, VectorValue value) in program.Outputs)
                writer.WriteLine(Loop(value.Length, $"{output}[i] = {names[value.Index]}[i];"));
            writer.WriteLine("}\n");
        }

        private void Compute(int at, VectorOperation operation, string[] names)
        {
            string result = names[at];
            _code.AppendLine(CultureInfo.InvariantCulture, $"    {_real} {result}[{operation.Length}];");
            switch (operation)
            {
                case AffineOperation affine:
                    Affine(at, affine, result, names[affine.X.Index]);
                    break;
                case ElementwiseOperation e:
                    _code.AppendLine(Loop(e.Length, $"{result}[i] = {names[e.Left.Index]}[i] {e.Sign} {names[e.Right.Index]}[i];"));
                    break;
                case FunctionOperation f:
                    _code.AppendLine(Loop(f.Length, $"{result}[i] = {Call(f.Function, $"{names[f.X.Index]}[i]")};"));
                    break;
                case GatherOperation { IsContiguous: true } slice:
                    _code.AppendLine(Loop(slice.Length, Invariant($"{result}[i] = {names[slice.X.Index]}[i + {slice.Indices[0]}];")));
                    break;
                case GatherOperation gather:
                    string indices = Indices($"g{at}", gather.Indices);
                    _code.AppendLine(Loop(gather.Length, $"{result}[i] = {names[gather.X.Index]}[{indices}[i]];"));
                    break;
                case ConcatenateOperation whole:
                    int start = 0;
                    foreach (VectorValue part in whole.Parts)
                    {
                        _code.AppendLine(Loop(part.Length, Invariant($"{result}[i + {start}] = {names[part.Index]}[i];")));
                        start += part.Length;
                    }
                    break;
            }
        }

        private void Affine(int at, AffineOperation affine, string result, string x)
        {
            string offset = affine.Offset.Length > 0 ? $"{Table($"b{at}", affine.Offset)}[i]" : "0";
            if (SparseMatrix.IsSparse(affine.Weights))
            {
                SparseMatrix sparse = new(affine.Weights, affine.X.Length);
                string w = Table($"w{at}", sparse.Values), columns = Indices($"k{at}", sparse.Columns),
                    rows = Indices($"r{at}", sparse.Rows);
                _code.AppendLine(Loop(
                    affine.Length,
                    $"{_real} sum = {offset}; for (int j = {rows}[i]; j < {rows}[i + 1]; j++) sum += {w}[j] * {x}[{columns}[j]]; "
                    + $"{result}[i] = sum;"));
            }
            else
            {
                string w = Table($"w{at}", affine.Weights), width = Invariant($"{affine.X.Length}");
                _code.AppendLine(Loop(
                    affine.Length,
                    $"{_real} sum = {offset}; for (int j = 0; j < {width}; j++) sum += {w}[i * {width} + j] * {x}[j]; {result}[i] = sum;"));
            }
        }

        private string Call(VectorFunction function, string x)
        {
            string f = single ? "f" : "";
            return function switch
            {
                VectorFunction.Rectify => $"{x} > 0 ? {x} : 0",
                VectorFunction.Tanh => $"tanh{f}({x})",
                VectorFunction.Sigmoid => $"1 / (1 + exp{f}(-{x}))",
                VectorFunction.Softplus => $"({x} > 0 ? {x} : 0) + log1p{f}(exp{f}(-fabs{f}({x})))",
                VectorFunction.Exp => $"exp{f}({x})",
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
            };
        }

        private string Table(string suffix, double[] values)
            => Declare(_real, suffix, values.Length == 0 ? ["0"] : [.. values.Select(Number)]);

        // Indices of at most 65,535 go into two bytes.
        private string Indices(string suffix, int[] values)
            => Declare(
                values.All(v => v <= ushort.MaxValue) ? "unsigned short" : "int", suffix, [.. values.Select(v => Invariant($"{v}"))]);

        // What one function has is written once for all.
        private string Declare(string type, string suffix, string[] values)
        {
            string text = string.Join(",\n", values.Chunk(NumbersOfLine).Select(line => $"    {string.Join(", ", line)}"));
            string key = $"{type} {text}";
            if (tables.TryGetValue(key, out string? table))
                return table;
            tables[key] = table = $"{name}_{program.Name}_{suffix}";
            writer.WriteLine(Invariant($"static const {type} {table}[{values.Length}] = {{\n{text}\n}};\n"));
            return table;
        }

        private string Number(double value)
        {
            string digits = single
                ? ((float)value).ToString("R", CultureInfo.InvariantCulture)
                : value.ToString("R", CultureInfo.InvariantCulture);
            if (single && !float.IsFinite((float)value))
                throw new ArgumentException($"{value:R} is beyond what 32 bits hold: export it in double precision.");
            return (digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0") + (single ? "f" : "");
        }

        private static string Loop(int length, string statement)
            => Invariant($"    for (int i = 0; i < {length}; i++) {{ {statement} }}");

        private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
    }
}
