using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Attractor.Models;
using Google.Protobuf;

namespace Attractor.Storage;

/// <summary>
/// A program as a model of the Open Neural Network Exchange (ONNX, operator set 13): n x length tensors in and out, n free, so that many
/// states go through it at once.
/// </summary>
/// <remarks>Fields and operators: github.com/onnx/onnx, onnx.proto and Operators.md.</remarks>
public static class OnnxModel
{
    /// <summary>The most numbers of a model: Protocol Buffers hold two gigabytes.</summary>
    public const long MostNumbers = 200_000_000;

    private const int IrVersion = 8, OperatorSet = 13, Single = 1, Long = 7, Double = 11;

    /// <summary>Writes a program as a model of its own.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="program">One of <see cref="ModelPrograms.Of"/>.</param>
    /// <param name="model">The model it is of.</param>
    /// <param name="precision">The type of all numbers.</param>
    /// <exception cref="ArgumentException">There are too many numbers, or one is beyond what 32 bits hold.</exception>
    public static void Write(
        Stream stream, VectorProgram program, ILearntModel model, ExportPrecision precision = ExportPrecision.Double)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(model);
        long numbers = program.Operations.Sum(NumbersOf);
        if (numbers > MostNumbers)
            throw new ArgumentException($"The model would hold {numbers:N0} numbers; {MostNumbers:N0} are the most.");
        ProtobufMessage message = new ProtobufMessage()
            .Integer(1, IrVersion)
            .Text(2, "attractor")
            .Text(6, $"{model.Kind}, {model.Description}: {program.Purpose}")
            .Message(7, new Graph(program, precision == ExportPrecision.Single).Message)
            .Message(8, new ProtobufMessage().Text(1, "").Integer(2, OperatorSet));
        message.WriteTo(stream);
    }

    private static long NumbersOf(VectorOperation operation) => operation switch
    {
        AffineOperation affine => affine.Weights.LongLength + affine.Offset.Length,
        ConstantOperation constant => constant.Values.Length,
        _ => 0,
    };

    /// <summary>The graph of a program: a node for each operation.</summary>
    private sealed class Graph
    {
        private readonly ProtobufMessage _message = new();
        private readonly HashSet<string> _spread = [];
        private readonly VectorProgram _program;
        private readonly bool _single;

        public Graph(VectorProgram program, bool single)
        {
            (_program, _single) = (program, single);
            string[] names = new string[program.Operations.Count];
            bool[] needed = program.Needed();
            foreach ((int at, VectorOperation operation) in program.Operations.Index().Where(pair => needed[pair.Index]))
            {
                names[at] = operation is InputOperation input ? input.Name : $"v{at}";
                Add(operation, names[at], names);
            }
            foreach ((string output, VectorValue value) in program.Outputs)
                Node("Identity", output, [Rows(value, names)]);
            _message.Text(2, program.Name);
            foreach ((string name, VectorValue value) in program.Inputs)
                _message.Message(11, Described(name, value.Length));
            foreach ((string name, VectorValue value) in program.Outputs)
                _message.Message(12, Described(name, value.Length));
        }

        public ProtobufMessage Message => _message;

        private int NumberType => _single ? Single : Double;

        private void Add(VectorOperation operation, string name, string[] names)
        {
            switch (operation)
            {
                case ConstantOperation constant:
                    Numbers(name, [1, constant.Length], constant.Values);
                    break;
                case AffineOperation affine:
                    Numbers(name + ".weight", [affine.Length, affine.X.Length], affine.Weights);
                    if (affine.Offset.Length > 0)
                        Numbers(name + ".bias", [affine.Length], affine.Offset);
                    Node(
                        "Gemm",
                        name,
                        affine.Offset.Length > 0
                            ? [names[affine.X.Index], name + ".weight", name + ".bias"]
                            : [names[affine.X.Index], name + ".weight"],
                        ("transB", 1));
                    break;
                case ElementwiseOperation e:
                    Node(e.Sign switch { '+' => "Add", '-' => "Sub", _ => "Mul" }, name, [names[e.Left.Index], names[e.Right.Index]]);
                    break;
                case FunctionOperation function:
                    string type = function.Function == VectorFunction.Rectify ? "Relu" : function.Function.ToString();
                    Node(type, name, [names[function.X.Index]]);
                    break;
                case GatherOperation gather:
                    byte[] indices = new byte[gather.Length * sizeof(long)];
                    for (int i = 0; i < gather.Length; i++)
                        BinaryPrimitives.WriteInt64LittleEndian(indices.AsSpan(i * sizeof(long)), gather.Indices[i]);
                    Tensor(name + ".indices", [gather.Length], Long, indices);
                    Node("Gather", name, [names[gather.X.Index], name + ".indices"], ("axis", 1));
                    break;
                case ConcatenateOperation whole:
                    Node("Concat", name, [.. whole.Parts.Select(part => Rows(part, names))], ("axis", 1));
                    break;
            }
        }

        // A constant has one row, all else n: it is spread over them by adding it to n zeros.
        private string Rows(VectorValue value, string[] names)
        {
            string name = names[value.Index];
            if (_program.Operations[value.Index] is not ConstantOperation)
                return name;
            string given = _program.Inputs.First().Name;
            if (_spread.Count == 0)
            {
                byte[] first = new byte[sizeof(long)];
                Tensor("first", [1], Long, first);
                Node("Gather", "one_of_each", [given, "first"], ("axis", 1));
                Node("Sub", "zeros", ["one_of_each", "one_of_each"]);
            }
            if (_spread.Add(name))
                Node("Add", name + ".rows", ["zeros", name]);
            return name + ".rows";
        }

        private void Node(string type, string output, string[] inputs, params ReadOnlySpan<(string Name, long Value)> attributes)
        {
            ProtobufMessage node = new();
            foreach (string input in inputs)
                node.Text(1, input);
            node.Text(2, output).Text(3, output).Text(4, type);
            foreach ((string attribute, long value) in attributes)
                node.Message(5, new ProtobufMessage().Text(1, attribute).Integer(3, value).Integer(20, 2));
            _message.Message(1, node);
        }

        private void Numbers(string name, long[] shape, double[] values)
        {
            if (!_single)
            {
                Tensor(name, shape, NumberType, MemoryMarshal.AsBytes(values.AsSpan()));
                return;
            }
            float[] singles = Array.ConvertAll(values, v => (float)v);
            if (Array.FindIndex(singles, v => !float.IsFinite(v)) is var broken and >= 0)
                throw new ArgumentException($"{values[broken]:R} is beyond what 32 bits hold: export it in double precision.");
            Tensor(name, shape, NumberType, MemoryMarshal.AsBytes(singles.AsSpan()));
        }

        private void Tensor(string name, long[] shape, int type, ReadOnlySpan<byte> values)
        {
            ProtobufMessage tensor = new();
            foreach (long size in shape)
                tensor.Integer(1, size);
            _message.Message(5, tensor.Integer(2, type).Text(8, name).Bytes(9, ByteString.CopyFrom(values)));
        }

        private ProtobufMessage Described(string name, int length)
        {
            ProtobufMessage shape = new ProtobufMessage()
                .Message(1, new ProtobufMessage().Text(2, "n"))
                .Message(1, new ProtobufMessage().Integer(1, length));
            ProtobufMessage tensor = new ProtobufMessage().Integer(1, NumberType).Message(2, shape);
            return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensor));
        }
    }
}
