using System.Text;
using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Labels;

/// <summary>Labels as ZPL II, the language of Zebra's label printers, at 8 dots a millimetre (203 dpi), 60 × 35 mm.</summary>
public static class ZplLabels
{
    /// <param name="barcodes">One label each, in this order.</param>
    /// <param name="qrPrefix">Put before the barcode in the QR code, as in <see cref="LabelSheet.Pdf"/>.</param>
    public static string Zpl(IEnumerable<Barcode> barcodes, string qrPrefix)
    {
        var zpl = new StringBuilder();
        foreach (var barcode in barcodes)
        {
            // CI28: UTF-8. PW, LL: width and length in dots. BY2: a module is two dots.
            zpl.Append("^XA^CI28^PW480^LL280\n");
            zpl.Append($"^FO20,20^BY2^BCN,80,Y,N,N{Field(barcode.ToString())}\n");
            // Model 2, three dots a module; MA: error correction M, the printer chooses the mode of the data.
            zpl.Append($"^FO20,150^BQN,2,3{Field("MA," + qrPrefix + barcode)}\n");
            zpl.Append("^XZ\n");
        }
        return zpl.ToString();
    }

    /// <summary>
    /// Field data in which nothing is a command: after ^FH an underscore and two hex digits stand for a byte. Of the
    /// signs that mean something, ^ and ~ start a command, _ is the escape, and &gt; a code of ^BC.
    /// </summary>
    public static string Field(string data)
    {
        var field = new StringBuilder("^FH^FD");
        foreach (var value in Encoding.UTF8.GetBytes(data))
            if (value is < 0x20 or >= 0x7F || value is (byte)'^' or (byte)'~' or (byte)'_' or (byte)'>') field.Append($"_{value:X2}");
            else field.Append((char)value);
        return field.Append("^FS").ToString();
    }
}
