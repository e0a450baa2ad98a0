package dev.darkroom.onnx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Bundles as browserify and a minifier make them, and a model of each layer that is known.
final class TestBundle {

  /// 1 x 2 x 2 x 3 in, two classes out. `WEIGHTS` has as many bytes as the manifest tells of.
  static final String MODEL =
      """
      {modelTopology:{model_config:{class_name:"Model",config:{layers:[
      {name:"in",class_name:"InputLayer",config:{batch_input_shape:[null,2,2,3],dtype:"float32"},inbound_nodes:[]},
      {name:"pad",class_name:"ZeroPadding2D",config:{padding:[[0,1],[0,1]],data_format:"channels_last"},inbound_nodes:[[["in",0,0,{}]]]},
      {name:"conv",class_name:"Conv2D",config:{filters:2,kernel_size:[2,2],strides:[1,1],padding:"valid",data_format:"channels_last",dilation_rate:[1,1],activation:"linear",use_bias:!1},inbound_nodes:[[["pad",0,0,{}]]]},
      {name:"bn",class_name:"BatchNormalization",config:{axis:-1,epsilon:.001,center:!0,scale:!0},inbound_nodes:[[["conv",0,0,{}]]]},
      {name:"relu",class_name:"ReLU",config:{max_value:6,negative_slope:0,threshold:0},inbound_nodes:[[["bn",0,0,{}]]]},
      {name:"deep",class_name:"DepthwiseConv2D",config:{kernel_size:[1,1],strides:[1,1],padding:"same",data_format:"channels_last",dilation_rate:[1,1],activation:"linear",use_bias:!1,depth_multiplier:1},inbound_nodes:[[["relu",0,0,{}]]]},
      {name:"bn2",class_name:"BatchNormalization",config:{axis:-1,epsilon:.001,center:!0,scale:!0},inbound_nodes:[[["deep",0,0,{}]]]},
      {name:"add",class_name:"Add",config:{},inbound_nodes:[[["relu",0,0,{}],["bn2",0,0,{}]]]},
      {name:"pool",class_name:"AveragePooling2D",config:{pool_size:[2,2],padding:"valid",strides:[2,2],data_format:"channels_last"},inbound_nodes:[[["add",0,0,{}]]]},
      {name:"flat",class_name:"Flatten",config:{data_format:"channels_last"},inbound_nodes:[[["pool",0,0,{}]]]},
      {name:"drop",class_name:"Dropout",config:{rate:.5},inbound_nodes:[[["flat",0,0,{}]]]},
      {name:"out",class_name:"Dense",config:{units:2,activation:"softmax",use_bias:!0},inbound_nodes:[[["drop",0,0,{}]]]}
      ],output_layers:[["out",0,0]]}}},weightsManifest:[{paths:["shard"],weights:[
      {name:"conv/kernel",shape:[2,2,3,2],dtype:"float32",quantization:{min:-1,scale:.125,dtype:"uint8"}},
      {name:"bn/gamma",shape:[2],dtype:"float32",quantization:{min:1,scale:1,dtype:"uint8"}},
      {name:"bn/beta",shape:[2],dtype:"float32",quantization:{min:0,scale:.5,dtype:"uint8"}},
      {name:"bn/moving_mean",shape:[2],dtype:"float32",quantization:{min:0,scale:.25,dtype:"uint8"}},
      {name:"bn/moving_variance",shape:[2],dtype:"float32",quantization:{min:1,scale:1,dtype:"uint8"}},
      {name:"deep/depthwise_kernel",shape:[1,1,2,1],dtype:"float32",quantization:{min:-2,scale:.25,dtype:"uint8"}},
      {name:"bn2/gamma",shape:[2],dtype:"float32",quantization:{min:-3,scale:1,dtype:"uint8"}},
      {name:"bn2/beta",shape:[2],dtype:"float32",quantization:{min:0,scale:.5,dtype:"uint8"}},
      {name:"bn2/moving_mean",shape:[2],dtype:"float32",quantization:{min:0,scale:.25,dtype:"uint8"}},
      {name:"bn2/moving_variance",shape:[2],dtype:"float32",quantization:{min:1,scale:1,dtype:"uint8"}},
      {name:"out/kernel",shape:[2,2],dtype:"float32",quantization:{min:-1,scale:.125,dtype:"uint8"}},
      {name:"out/bias",shape:[2],dtype:"float32",quantization:{min:-.5,scale:.25,dtype:"uint8"}}
      ]}]}
      """;

  private static final int WEIGHTS = 24 + 8 + 2 + 8 + 4 + 2;

  private TestBundle() {}

  /// A bundle that exports what the script says.
  static byte[] of(String literal) {
    return ("!function(e){e()}(function(){return function e(a,n,i){}({1:[function(e,a,n){a.exports="
            + literal
            + "},{}]},{},[1])(1)});\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] weights() {
    return weights(WEIGHTS);
  }

  static byte[] weights(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) bytes[i] = (byte) (i * 7 % 16);
    return of('"' + Base64.getEncoder().encodeToString(bytes) + '"');
  }
}
