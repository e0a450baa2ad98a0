package dev.darkroom.secret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

  @Bean
  MasterKey masterKey(SecretSettings settings) {
    return MasterKey.load(settings);
  }
}
