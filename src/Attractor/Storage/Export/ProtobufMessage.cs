using Google.Protobuf;

namespace Attractor.Storage;

/// <summary>A message of Protocol Buffers, field by field, without a class that a compiler made for it.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public ProtobufMessage Integer(int field, long value) => Add(field, value);

    public ProtobufMessage Text(int field, string value) => Add(field, value);

    public ProtobufMessage Bytes(int field, ByteString value) => Add(field, value);

    public ProtobufMessage Message(int field, ProtobufMessage value) => Add(field, value);

    public void WriteTo(Stream stream)
    {
        using CodedOutputStream output = new(stream, leaveOpen: true);
        WriteTo(output);
    }

    private ProtobufMessage Add(int field, object value)
    {
        _fields.Add((field, value));
        return this;
    }

    private void WriteTo(CodedOutputStream output)
    {
        foreach ((int field, object value) in _fields)
        {
            output.WriteTag(field, value is long ? WireFormat.WireType.Varint : WireFormat.WireType.LengthDelimited);
            switch (value)
            {
                case long integer:
                    output.WriteInt64(integer);
                    break;
                case string text:
                    output.WriteString(text);
                    break;
                case ByteString bytes:
                    output.WriteBytes(bytes);
                    break;
                case ProtobufMessage message:
                    output.WriteLength(message.Size());
                    message.WriteTo(output);
                    break;
            }
        }
    }

    private int Size() => checked(_fields.Sum(field => CodedOutputStream.ComputeTagSize(field.Field) + SizeOf(field.Value)));

    private static int SizeOf(object value) => value switch
    {
        long integer => CodedOutputStream.ComputeInt64Size(integer),
        string text => CodedOutputStream.ComputeStringSize(text),
        ByteString bytes => CodedOutputStream.ComputeBytesSize(bytes),
        ProtobufMessage message => message.Size() is var size ? checked(CodedOutputStream.ComputeLengthSize(size) + size) : 0,
        _ => 0,
    };
}
